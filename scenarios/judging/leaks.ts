import { networkInterfaces } from 'node:os';
import type { Severity } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { isCard, isToken } from './secrets.js';

export type LeakKind =
  | 'stack trace'
  | 'exception'
  | 'file path'
  | 'internal address'
  | 'e-mail address'
  | 'token'
  | 'key'
  | 'card number';

/** Something in a text that its reader has no business with. */
export interface Leak {
  kind: LeakKind;
  /** For messages, with its article: `a stack trace of Node.js`. */
  what: string;
  /** The place in the text, escaped; of a secret its first characters only. */
  excerpt: string;
  severity: Severity;
}

interface Pattern {
  kind: LeakKind;
  what: string;
  severity: Severity;
  find: RegExp;
  /** Whether what was found is what it looks like. */
  holds?: (found: string) => boolean;
  secret?: boolean;
}

/** Of a text, what is looked at. */
const MOST = 256 * 1024;

const trace = (what: string, find: RegExp): Pattern => ({
  kind: 'stack trace',
  what: `a stack trace of ${what}`,
  severity: 'medium',
  find,
});
const exception = (what: string, find: RegExp): Pattern => ({
  kind: 'exception',
  what,
  severity: 'low',
  find,
});
const secret = (kind: LeakKind, what: string, severity: Severity, find: RegExp): Pattern => ({
  kind,
  what,
  severity,
  find,
  secret: true,
});

/** Every repetition is bounded, or of one class with an end that is not in it: a hostile text takes linear time. */
const PATTERNS: readonly Pattern[] = [
  trace(
    'Node.js',
    /\bat (?:async )?(?:[\w.<>$[\] ]{1,120} \()?(?:file:\/\/|node:|[A-Za-z]:\\|\/)[^\s()"<>]{1,300}:\d{1,6}:\d{1,6}/g,
  ),
  trace(
    'Python',
    /Traceback \(most recent call last\)|\bFile \\?"[^"\r\n]{1,300}", line \d{1,6}(?:, in |\\n)/g,
  ),
  trace('Java', /\bat [\w$.]{3,200}\([A-Z]\w{0,80}\.(?:java|kt|scala):\d{1,6}\)/g),
  trace('Go', /\bgoroutine \d{1,9} \[[^\]\r\n]{1,60}\]:|\.go:\d{1,6} \+0x[0-9a-f]{1,12}/g),
  trace('.NET', /\bat [\w.`<>]{3,200}\([^()\r\n]{0,300}\) in [^\r\n]{1,300}:line \d{1,6}/g),
  trace('PHP', /#0 [^\r\n]{1,200}\.php\(\d{1,6}\)|\bPHP (?:Fatal|Parse|Warning)\b[^\r\n]{1,300} on line \d/g),
  trace('Ruby', /(?<![\w./-])[\w./-]{1,200}\.rb:\d{1,6}:in [`']/g),
  trace('Rust', /\bthread '[^'\r\n]{1,80}' panicked at /g),
  exception(
    'the name of an exception of Java',
    /\b(?:[a-z]\w{0,40}\.){2,8}[A-Z]\w{0,80}(?:Exception|Error)\b/g,
  ),
  exception('the name of an exception of .NET', /\bSystem\.(?:\w{1,60}\.){0,5}\w{1,60}Exception\b/g),
  exception(
    'the text of an exception of JavaScript',
    /\b(?:TypeError|ReferenceError|RangeError|SyntaxError): [^\r\n"<]{1,120}|Cannot read propert(?:y|ies) [^\r\n"<]{1,80}|Unexpected token [^\r\n<]{1,60} in JSON/g,
  ),
  exception(
    'the text of a failed system call',
    /\bE(?:CONNREFUSED|NOENT|HOSTUNREACH|ADDRINUSE)\b[^\r\n"<]{0,100}/g,
  ),
  exception(
    'the text of an error of a database',
    /\bSQLSTATE\[|\bORA-\d{5}\b|error in your SQL syntax|\bpg_query\(|\bsqlite3?\.OperationalError/g,
  ),
  {
    kind: 'file path',
    what: 'a path of the server’s file system',
    severity: 'low',
    find: /(?<![\w.:/=?&-]|[="'](?=\/)(?<=(?:href|src|action)=["']))\/(?:home|Users|root|usr\/(?:src|local|lib|share)|var\/(?:www|lib|log|task)|opt|srv|etc|app|code|workspace|node_modules)\/(?:[\w.@+-]{1,80}\/){0,15}[\w.@+-]{1,80}\.(?:c?m?[jt]sx?|py|php|rb|go|rs|java|cs|pl|conf|ini|ya?ml|env|log|sock|sqlite)(?![\w/])/g,
  },
  {
    kind: 'file path',
    what: 'a path of the server’s file system',
    severity: 'low',
    find: /(?<![\w])[A-Za-z]:\\{1,2}(?:[\w .@+-]{1,80}\\{1,2}){1,15}[\w.@+-]{1,80}/g,
  },
  {
    kind: 'internal address',
    what: 'an address of an internal network',
    severity: 'low',
    find: /(?<![\w.-])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|169\.254(?:\.\d{1,3}){2}|127(?:\.\d{1,3}){3})(?![\w.-]*\w)/g,
    holds: (found) => found.split('.').every((part) => Number(part) < 256),
  },
  {
    kind: 'internal address',
    what: 'a name of an internal network',
    severity: 'low',
    find: /(?<![\w.@-])(?:[a-z0-9-]{1,63}\.){1,6}(?:internal|svc\.cluster\.local|cluster\.local|corp|intranet|lan)(?![\w-]|\.\w)/gi,
  },
  {
    ...secret(
      'e-mail address',
      'an e-mail address',
      'low',
      /(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?![\w-])/gi,
    ),
    holds: (found) => !/@(?:example\.|.{1,60}\.example$)|\.(?:png|jpe?g|svg|js|css)$/i.test(found),
  },
  {
    ...secret(
      'token',
      'a JSON Web Token',
      'medium',
      /(?<![\w-])eyJ[\w-]{5,4096}\.[\w-]{2,4096}\.[\w-]{0,1024}/g,
    ),
    holds: isToken,
  },
  secret('key', 'an access key id of AWS', 'high', /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/g),
  secret('key', 'a private key', 'critical', /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY-----/g),
  secret('key', 'a token of GitHub', 'high', /(?<!\w)gh[pousr]_[A-Za-z0-9]{36}(?!\w)/g),
  secret('key', 'a secret key of Stripe', 'high', /(?<!\w)[rs]k_live_[A-Za-z0-9]{16,99}(?!\w)/g),
  secret('key', 'a token of Slack', 'high', /(?<!\w)xox[abprs]-[A-Za-z0-9-]{10,120}/g),
  secret('key', 'a key of a Google API', 'medium', /(?<![\w-])AIza[\w-]{35}(?![\w-])/g),
  {
    ...secret(
      'card number',
      'a number of a payment card',
      'medium',
      /(?<![\w.-])(?:\d{4}[ -]?){3}\d{4}(?![\w.-]*\w)|(?<![\w.-])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?![\w.-]*\w)/g,
    ),
    holds: isCard,
  },
];

/**
 * What a text gives away, each thing once, the worst first. `ours`: what the client sent or is called itself, which is
 * no news to it; addresses of this machine are none either.
 */
export function leaksIn(text: string, ours: readonly string[] = []): Leak[] {
  const looked = text.slice(0, MOST);
  const known = [...ours, ...ownAddresses()];
  const found = new Map<string, Leak>();
  for (const { kind, what, severity, find, holds, secret = false } of PATTERNS) {
    for (const [hit] of looked.matchAll(find)) {
      if (found.has(what)) break;
      if (holds && !holds(hit)) continue;
      if (known.some((own) => own !== '' && (own === hit || (secret && own.includes(hit))))) continue;
      found.set(what, { kind, what, severity, excerpt: secret ? masked(hit) : show(hit) });
    }
  }
  return [...found.values()].sort((a, b) => ORDER.indexOf(b.severity) - ORDER.indexOf(a.severity));
}

const ORDER: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** `a stack trace of Node.js ("at Server.emit (…)"), an e-mail address ("ab…")` */
export const leaksTold = (leaks: readonly Leak[]): string =>
  leaks
    .slice(0, 4)
    .map(({ what, excerpt }) => `${what} ("${excerpt}")`)
    .join(', ');

const masked = (secret: string): string => `${show(secret.slice(0, secret.startsWith('-----') ? 27 : 4))}…`;

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
