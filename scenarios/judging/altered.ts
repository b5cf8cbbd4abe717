import type { Credential } from './credentials.js';

/**
 * A credential with one character of each of its values changed, its shape kept: a wrong password of the same user for
 * HTTP Basic, another signature for a JSON Web Token, another value for each cookie.
 */
export function altered({ in: where, name, value }: Credential): string {
  if (where !== 'header') return alteredToken(value);
  if (/^cookie$/i.test(name))
    return value
      .split(/;\s*/)
      .map((pair) => withValue(pair, alteredToken))
      .join('; ');
  const [, scheme = '', rest = ''] = /^([\w-]+ +)?(.*)$/s.exec(value) ?? [];
  return scheme + (/^basic/i.test(scheme) ? alteredBasic(rest) : alteredToken(rest));
}

/** A credential with nothing where its value was. */
export function emptied({ in: where, name, value }: Credential): string {
  if (where !== 'header') return '';
  if (/^cookie$/i.test(name))
    return value
      .split(/;\s*/)
      .map((pair) => withValue(pair, () => ''))
      .join('; ');
  const scheme = /^[\w-]+(?= )/.exec(value)?.[0] ?? '';
  return /^basic$/i.test(scheme) ? `${scheme} ${base64(':')}` : scheme && `${scheme} `;
}

/** The middle of the last part that dots set off: the ends may carry bits that mean nothing, or name a key. */
function alteredToken(token: string): string {
  const from = token.replace(/[.=]+$/, '').lastIndexOf('.') + 1;
  const at = from + Math.floor((token.length - from) / 2);
  return token.slice(0, at) + other(token[at]) + token.slice(at + 1);
}

/** The password’s last character: the user stays who they are (RFC 7617). */
function alteredBasic(encoded: string): string {
  const pair = Buffer.from(encoded, 'base64').toString();
  return base64(pair.slice(0, -1) + other(pair.at(-1)));
}

/** Another of the same class. */
function other(character = ''): string {
  if (/\d/.test(character)) return String((Number(character) + 1) % 10);
  if (/[a-y]/i.test(character)) return String.fromCharCode(character.charCodeAt(0) + 1);
  return character === 'Z' ? 'A' : 'a';
}

function withValue(pair: string, change: (value: string) => string): string {
  const at = pair.indexOf('=');
  return at < 0 ? pair : pair.slice(0, at + 1) + change(pair.slice(at + 1));
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
