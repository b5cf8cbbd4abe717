import { type Field, membersOf, tokensOf, valueOf, valuesOf } from './fields.js';
import type { RequestHead } from './head.js';
import { isToken } from './token.js';

/** How to refuse: the status, why as a sentence, and what the answer has to carry. */
export interface Refusal {
  status: number;
  why: string;
  fields: readonly Field[];
}

const NOT_SAFE = ['space before colon', 'line without a colon', 'field name that is not a token'];

/** How a server must refuse a request for a WebSocket (RFC 6455 §4.2.1, §4.4); undefined when it is to be accepted. */
export function requestFaults(request: RequestHead): Refusal | undefined {
  const bad = (why: string): Refusal => ({ status: 400, why, fields: [] });
  const upgradeNeeded: Field[] = [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Version', '13'],
  ];

  const unsafe = request.oddities.find((oddity) => NOT_SAFE.includes(oddity));
  if (unsafe) return bad(`The head has an oddity that must be refused: ${unsafe}.`);
  if (request.method !== 'GET') {
    return { status: 405, why: 'The method is not GET.', fields: [['Allow', 'GET']] };
  }
  if (request.version === '1.0' || request.version.startsWith('0'))
    return bad('The request is older than HTTP/1.1.');
  // RFC 9110 §15.6.6
  if (!request.version.startsWith('1.'))
    return { status: 505, why: 'The request is of another major version than HTTP/1.', fields: [] };
  if (valuesOf(request, 'Host').length !== 1) return bad('There is not exactly one Host header.');
  // What comes behind the head of a handshake is frames (RFC 9110 §7.8): a body in chunks would be taken for some.
  if (valueOf(request, 'Transfer-Encoding') !== undefined) return bad('A handshake has no body.');
  if (!tokensOf(request, 'Upgrade').includes('websocket')) {
    return { status: 426, why: 'Upgrade does not say "websocket".', fields: upgradeNeeded };
  }
  if (!tokensOf(request, 'Connection').includes('upgrade')) return bad('Connection does not say "Upgrade".');
  if (valueOf(request, 'Sec-WebSocket-Version') !== '13') {
    return { status: 426, why: 'Sec-WebSocket-Version does not say 13.', fields: upgradeNeeded };
  }
  const keys = valuesOf(request, 'Sec-WebSocket-Key');
  if (keys.length !== 1 || !isKey(keys[0]!)) {
    return bad('Sec-WebSocket-Key is not sixteen octets in base64, once.');
  }
  const unnamed = membersOf(request, 'Sec-WebSocket-Protocol').find((name) => !isToken(name));
  if (unnamed !== undefined) return bad('Sec-WebSocket-Protocol names what is no token.');
  return undefined;
}

function isKey(key: string): boolean {
  return /^[+/0-9A-Za-z]{22}==$/.test(key);
}
