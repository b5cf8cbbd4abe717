import type { DialOptions, Probe, Route, Target } from '../../harness/model.js';

/** Something that a client shows so as to be let in. */
export interface Credential {
  in: 'header' | 'subprotocol' | 'query' | 'certificate';
  /** Of the header or the parameter: `Cookie`. */
  name: string;
  value: string;
  /** Browsers send it with whatever page asks: cookies, HTTP authentication, client certificates. */
  ambient: boolean;
}

const HEADER = /^(?:authorization|cookie)$|token|secret|session|api-?key|^x-.{0,40}(?:auth|key)/i;
const HANDSHAKE = /^(?:sec-|host$|origin$|upgrade$|connection$)/i;
const PARAMETER =
  /token|jwt|auth|passw|pwd|secret|session|ticket|signature|credential|api-?key|^key$|^(?:sig|sid|otp|nonce)$/i;

/** What a target shows so as to be let in, as its names and shapes tell. */
export function credentialsOf({ headers, subprotocols, path }: Target, route?: Route): Credential[] {
  const ofHeaders = headers
    .filter(([name]) => HEADER.test(name) && !HANDSHAKE.test(name))
    .map(([name, value]) => ({ in: 'header', name, value, ambient: isAmbient(name, value) }) as const);
  const ofProtocols = subprotocols
    .filter((_, at) => isSecret(subprotocols, at))
    .map((value) => ({ in: 'subprotocol', name: 'subprotocol', value, ambient: false }) as const);
  const ofQuery = parametersOf(path)
    .filter(({ name }) => PARAMETER.test(decoded(name)))
    .map(({ name, value }) => ({ in: 'query', name, value, ambient: false }) as const);
  const certificate =
    route?.cert === undefined
      ? []
      : [{ in: 'certificate', name: 'client certificate', value: '', ambient: true } as const];
  return [...ofHeaders, ...ofProtocols, ...ofQuery, ...certificate];
}

/** Says of a credential what is to stand in its stead: undefined for nothing. */
export type Fate = (credential: Credential) => string | undefined;

/** What is to be different about a target's handshakes for its credentials to be put otherwise. */
export function withCredentials(target: Target, fate: Fate, route?: Route): DialOptions {
  const change: Record<string, string | undefined> = {};
  let { path } = target;
  const subprotocols = [...target.subprotocols];
  let otherRoute: Route | undefined;
  for (const credential of credentialsOf(target, route)) {
    const value = fate(credential);
    if (value === credential.value) continue;
    if (credential.in === 'header') change[credential.name] = value;
    if (credential.in === 'query') path = withParameter(path, credential.name, value);
    if (credential.in === 'subprotocol') {
      const at = subprotocols.indexOf(credential.value);
      // A word that announces a secret goes with it.
      if (value === undefined)
        subprotocols.splice(announced(subprotocols, at) ? at - 1 : at, announced(subprotocols, at) ? 2 : 1);
      else subprotocols[at] = value;
    }
    if (credential.in === 'certificate' && route && value === undefined) {
      const { cert: _cert, key: _key, ...bare } = route;
      otherRoute = bare;
    }
  }
  return { change, path, subprotocols, ...(otherRoute && { route: otherRoute }) };
}

/** A handshake of the target's without anything that lets it in. */
export const anonymous = ({ target, route }: Probe): DialOptions =>
  withCredentials(target, () => undefined, route);

/** `Cookie and Authorization` */
export const credentialsTold = (credentials: readonly Credential[]): string =>
  [...new Set(credentials.map((one) => (one.in === 'query' ? `${one.name} in the URL` : one.name)))].join(
    ' and ',
  );

/** Bearer tokens are the page's to add; the other schemes are remembered by browsers (RFC 9110 §11). */
const isAmbient = (name: string, value: string): boolean =>
  /^cookie$/i.test(name) ||
  (/^authorization$/i.test(name) && /^(?:basic|digest|ntlm|negotiate)\b/i.test(value));

/** Pages cannot set headers for WebSockets, so tokens go as subprotocols: after a word that says so, or looking like one. */
function isSecret(subprotocols: readonly string[], at: number): boolean {
  const name = subprotocols[at]!;
  if (announced(subprotocols, at) || /^eyJ[\w-]{5,}\./.test(name)) return true;
  if (/^base64url\.bearer\.authorization\./i.test(name)) return true;
  return name.length >= 24 && !name.includes('.') && /\d/.test(name) && /[a-z]/i.test(name);
}

const announced = (subprotocols: readonly string[], at: number): boolean =>
  /^(?:.{0,40}[-_.])?(?:access_?token|bearer|token|jwt|auth|authorization)$/i.test(
    subprotocols[at - 1] ?? '',
  );

interface Parameter {
  name: string;
  value: string;
}

function parametersOf(path: string): Parameter[] {
  const query = path.split('?').slice(1).join('?');
  return query
    .split('&')
    .filter((pair) => pair.includes('='))
    .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }))
    .filter(({ value }) => value !== '');
}

function withParameter(path: string, name: string, value: string | undefined): string {
  const [before = '', ...rest] = path.split('?');
  const pairs = rest
    .join('?')
    .split('&')
    .flatMap((pair) => {
      if (!pair.startsWith(`${name}=`)) return [pair];
      return value === undefined ? [] : [`${name}=${value}`];
    });
  return pairs.length === 0 ? before : `${before}?${pairs.join('&')}`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
