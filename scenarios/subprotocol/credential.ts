import { redact, show } from '../../harness/protocol/index.js';

const FIELD = 'Sec-WebSocket-Protocol: ';
/** `bearer.…`, `base64url.bearer.authorization.….…`: a word that says so, and the secret behind it. */
const ANNOUNCED = /^(?:[\w-]+\.){0,3}(?:bearer|token|auth|authorization|jwt)[._~-][^.].{7,}/i;

/** Those of an offer that are, by their looks, no names but secrets of the client’s. */
export function credentialsIn(offer: readonly string[]): string[] {
  const redacted = redact(FIELD + offer.join(', ')).slice(FIELD.length);
  const shown = redacted.split(',').map((member) => member.trim());
  return offer.filter((name, index) => shown[index] !== name || ANNOUNCED.test(name));
}

export const isCredential = (name: string): boolean => credentialsIn([name]).length > 0;

/** A subprotocol for messages, which are read by more people than know the secret. */
export function called(value: string): string {
  const names = value.split(',').map((name) => name.trim());
  const secrets = credentialsIn(names);
  return names.map((name) => (secrets.includes(name) ? 'a token' : show(name, 60))).join(', ');
}
