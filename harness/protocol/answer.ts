import { checkDeflateAnswer, DEFLATE } from './deflate-negotiation.js';
import { type Offer, parseExtensions } from './extensions.js';
import { ProtocolFault } from './fault.js';
import { tokensOf, valueOf, valuesOf } from './fields.js';
import { acceptValue } from './handshake.js';
import type { ResponseHead } from './head.js';

/** What is wrong with an answer as a 101 to what was asked (RFC 6455 §4.1), a sentence each; empty when it is right. */
export function faultsOf(
  response: ResponseHead,
  asked: { key: string; subprotocols?: readonly string[]; extensions?: string },
): string[] {
  if (response.status !== 101) return [`The status is ${response.status}, not 101.`];
  const faults: string[] = [];
  if (response.version !== '1.1') faults.push('The status line does not say HTTP/1.1.');
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
