import { BEARER, GONE, JWT, USER_INFO } from './redact.js';

const VALUE = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^\s;{}"']+`;
/** A word that is named like a secret, and the one after it. */
const NAMED = new RegExp(
  String.raw`(?<![\w-])((?:proxy-)?authorization|cookie|set-cookie|[\w-]{0,60}?(?:token|secret|passw|passphrase|api[-_]?key)[\w-]{0,60})([ \t]+)(${VALUE})`,
  'gi',
);
/** `login=user:password` of Squid, `auth user:password` of HAProxy. */
const LOGIN = /((?<![\w-])(?:login=|auth[ \t]+))([^\s:;"']+):([^\s;"']+)/gi;
/** Set from what comes, taken away, or a rule about the field: nothing that is written here is a secret. */
const HARMLESS = /^(?:["']?\$\{?\w+\}?["']?|""|''|allow|deny|on|off|if|unless|all|=|~\*?)$/i;

/**
 * A configuration file of nginx, Squid, HAProxy and their like without its secrets: values set for Authorization, Cookie
 * and fields named like secrets, passwords and logins, user names and passwords in URLs, bearer tokens.
 */
export function redactConfig(text: string): string {
  return text
    .replace(NAMED, (whole, name: string, space: string, value: string) =>
      HARMLESS.test(value) || /file|path|dir/i.test(name) ? whole : name + space + GONE,
    )
    .replace(LOGIN, `$1${GONE}`)
    .replace(USER_INFO, `$1${GONE}@`)
    .replace(JWT, GONE)
    .replace(BEARER, `$1${GONE}`);
}
