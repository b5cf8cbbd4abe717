export const GONE = '[redacted]';

/** Header fields whose values are secrets, with their folded lines. */
const FIELD =
  /(?<![\w-])((?:proxy-)?authorization|cookie|set-cookie|x-[\w-]{0,40}(?:token|key|secret|auth)[\w-]{0,40})([ \t]*:[ \t]*)[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gi;
/** The same as strings of JSON. */
const QUOTED_FIELD = /"((?:proxy-)?authorization|cookie|set-cookie)"(\s{0,9}[:,]\s{0,9})"(?:[^"\\]|\\.)*"/gi;
export const USER_INFO = /([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#]*@/gi;
const PARAMETER = /(^|[?&;#\s"'(,{])([^\s=&;#?"'<>(,{]{1,100})=([^\s=&;#"'<>][^\s&;#"'<>]*)/g;
const SECRET_NAME =
  /token|jwt|auth|passw|pwd|secret|session|ticket|signature|credential|key$|(?:^|[-_.])(?:sig|sid|code|pass|otp)$/i;
export const JWT = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g;
export const BEARER = /(?<![\w-])(bearer\s{1,9})[\w.~+/=-]{16,}/gi;
const PROTOCOLS = /^(sec-websocket-protocol[ \t]*:)([^\r\n]*)/gim;

/**
 * A head, a URL, a log or any other text without its secrets: values of Authorization, Proxy-Authorization, Cookie
 * and Set-Cookie, user names and passwords in URLs, parameters that are named like secrets, bearer tokens, and
 * tokens smuggled through Sec-WebSocket-Protocol. `gauntlet=` and Sec-WebSocket-Key are ours and no secrets. Give it
 * the text as it came, before `show`: it goes by lines.
 */
export function redact(text: string): string {
  return text
    .replace(FIELD, `$1$2${GONE}`)
    .replace(QUOTED_FIELD, `"$1"$2"${GONE}"`)
    .replace(PROTOCOLS, (_, name: string, list: string) => name + redactProtocols(list))
    .replace(USER_INFO, `$1${GONE}@`)
    .replace(PARAMETER, (whole, before: string, name: string) =>
      SECRET_NAME.test(decode(name)) ? `${before}${name}=${GONE}` : whole,
    )
    .replace(JWT, GONE)
    .replace(BEARER, `$1${GONE}`);
}

/** Browsers cannot set headers, so a token goes as a subprotocol: after a word that says so, or looking like one. */
function redactProtocols(list: string): string {
  let announced = false;
  return list
    .split(',')
    .map((member) => {
      const name = member.trim();
      const secret = announced || looksSecret(name);
      announced = !secret && (SECRET_NAME.test(name) || /bearer/i.test(name));
      return secret ? member.replace(name, () => GONE) : member;
    })
    .join(',');
}

function looksSecret(name: string): boolean {
  if (/^base64url\.bearer\.authorization\./i.test(name)) return true;
  return name.length >= 24 && !name.includes('.') && /\d/.test(name) && /[a-z]/i.test(name);
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
