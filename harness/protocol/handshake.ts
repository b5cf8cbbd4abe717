import { createHash, randomBytes } from 'node:crypto';
import { checkDeflateAnswer, DEFLATE } from './deflate-negotiation.js';
import { type Offer, parseExtensions } from './extensions.js';
import { ProtocolFault } from './fault.js';
import {
  type Field,
  membersOf,
  type RequestHead,
  type ResponseHead,
  tokensOf,
  valueOf,
  valuesOf,
} from './head.js';
import { isToken } from './token.js';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455 §1.3, §4.2.2). */
export function acceptValue(key: string): string {
  return createHash('sha1')
    .update(key + GUID)
    .digest('base64');
}

/** A fresh Sec-WebSocket-Key: sixteen random octets in base64 (RFC 6455 §4.1). */
export function freshKey(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The fields of an opening handshake (RFC 6455 §4.1), always in this order: Host, Upgrade, Connection,
 * Sec-WebSocket-Key, -Version, -Protocol, -Extensions, then `fields`. `change` says a field's value otherwise, or
 * leaves it out where it says undefined, by name in any case; a value for a field that is not there is added last.
 */
export function upgradeFields(asked: {
  host: string;
  key: string;
  version?: string;
  subprotocols?: readonly string[];
  extensions?: string;
  fields?: readonly Field[];
  change?: Readonly<Record<string, string | undefined>>;
}): Field[] {
  const { host, key, version = '13', subprotocols = [], extensions, fields = [], change = {} } = asked;
  const all: Field[] = [
    ['Host', host],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', key],
    ['Sec-WebSocket-Version', version],
  ];
  if (subprotocols.length > 0) all.push(['Sec-WebSocket-Protocol', subprotocols.join(', ')]);
  if (extensions !== undefined) all.push(['Sec-WebSocket-Extensions', extensions]);
  all.push(...fields);

  const changes = new Map(Object.entries(change).map((entry) => [entry[0].toLowerCase(), entry] as const));
  const here = new Set(all.map(([name]) => name.toLowerCase()));
  const changed = all.flatMap(([name, value]): Field[] => {
    const entry = changes.get(name.toLowerCase());
    if (!entry) return [[name, value]];
    return entry[1] === undefined ? [] : [[name, entry[1]]];
  });
  for (const [lower, [name, value]] of changes) {
    if (!here.has(lower) && value !== undefined) changed.push([name, value]);
  }
  return changed;
}

/** What is wrong with an answer as a 101 to what was asked (RFC 6455 §4.1), a sentence each; empty when it is right. */
export function faultsOf(
  response: ResponseHead,
  asked: { key: string; subprotocols?: readonly string[]; extensions?: string },
): string[] {
  if (response.status !== 101) return [`The status is ${response.status}, not 101.`];
  const faults: string[] = [];
  const upgrade = valueOf(response, 'Upgrade');
  if (upgrade === undefined) faults.push('There is no Upgrade header.');
  else if (upgrade.toLowerCase() !== 'websocket') faults.push('Upgrade does not say "websocket" alone.');

  const connection = tokensOf(response, 'Connection');
  if (connection.length === 0) faults.push('There is no Connection header.');
  else if (!connection.includes('upgrade')) faults.push('Connection does not say "Upgrade".');

  const accepts = valuesOf(response, 'Sec-WebSocket-Accept');
  if (accepts.length === 0) faults.push('There is no Sec-WebSocket-Accept header.');
  else if (accepts.length > 1) faults.push('There are several Sec-WebSocket-Accept headers.');
  else if (accepts[0] !== acceptValue(asked.key)) faults.push('Sec-WebSocket-Accept does not fit the key.');

  return [
    ...faults,
    ...subprotocolFaults(response, asked.subprotocols),
    ...extensionFaults(response, asked.extensions),
  ];
}

function subprotocolFaults(response: ResponseHead, asked: readonly string[] = []): string[] {
  const chosen = valuesOf(response, 'Sec-WebSocket-Protocol');
  if (chosen.length > 1) return ['There are several Sec-WebSocket-Protocol headers.'];
  if (chosen[0] === undefined || asked.includes(chosen[0])) return [];
  return ['Sec-WebSocket-Protocol names a subprotocol that was not asked for.'];
}

function extensionFaults(response: ResponseHead, asked = ''): string[] {
  const answer = valueOf(response, 'Sec-WebSocket-Extensions');
  if (answer === undefined) return [];
  let accepted: Offer[];
  try {
    accepted = parseExtensions(answer);
  } catch (fault) {
    if (fault instanceof ProtocolFault) return [fault.message];
    throw fault;
  }
  let offered: Offer[] = [];
  try {
    offered = parseExtensions(asked);
  } catch (fault) {
    // A malformed offer, sent on purpose, can have been taken up by nobody.
    if (!(fault instanceof ProtocolFault)) throw fault;
  }
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const extension of accepted) {
    const offers = offered.filter(({ name }) => name === extension.name);
    if (offers.length === 0)
      faults.push('Sec-WebSocket-Extensions names an extension that was not asked for.');
    else if (seen.has(extension.name)) faults.push('Sec-WebSocket-Extensions names an extension twice.');
    else if (extension.name === DEFLATE) faults.push(...deflateFaults(offers, extension));
    seen.add(extension.name);
  }
  return faults;
}

/** An answer is right when it fits any of the offers: it does not say which one it takes. */
function deflateFaults(offers: readonly Offer[], answer: Offer): string[] {
  let first: string | undefined;
  for (const offer of offers) {
    try {
      checkDeflateAnswer(offer, answer);
      return [];
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      first ??= fault.message;
    }
  }
  return first === undefined ? [] : [first];
}

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
  if (valuesOf(request, 'Host').length !== 1) return bad('There is not exactly one Host header.');
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
