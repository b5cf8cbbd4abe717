import {
  acceptValue,
  type Field,
  membersOf,
  type RequestHead,
  requestFaults,
  tokensOf,
  valueOf,
} from '../protocol/index.js';
import { forgives, sticklesFor } from './forgive.js';
import type { Sins } from './server.js';

/** What an origin says to a request for a WebSocket. */
export interface Reply {
  status: number;
  fields: readonly Field[];
  body?: string;
  /** What comes after it is frames. */
  agreed: boolean;
}

/** As RFC 6455 §4.2 has it, but for the sins. */
export function replyTo(request: RequestHead, sins: Sins): Reply {
  if (sticklesFor(sins, request)) return refusal(400, [], 'spelt otherwise');
  if (sins.has('tls-upgrade') && tokensOf(request, 'upgrade').includes('tls/1.0')) {
    return { status: 101, fields: switchingTo('TLS/1.0, HTTP/1.1'), agreed: false };
  }
  const wrong = requestFaults(request);
  if (!wrong || forgives(sins, wrong, request)) return agreement(request, sins);
  return refusal(wrong.status, sins.has('no-version-list') ? [] : wrong.fields, wrong.why);
}

const refusal = (status: number, fields: readonly Field[], why: string): Reply => ({
  status,
  fields,
  body: `${why}\n`,
  agreed: false,
});

const switchingTo = (protocol: string): Field[] => [
  ['Upgrade', protocol],
  ['Connection', 'Upgrade'],
];

function agreement(request: RequestHead, sins: Sins): Reply {
  const key = valueOf(request, 'sec-websocket-key') ?? '';
  const [preferred] = membersOf(request, 'sec-websocket-protocol');
  const chosen = sins.has('drop-subprotocol') ? undefined : preferred;
  const accept = sins.has('key-as-accept')
    ? key
    : acceptValue(sins.has('constant-accept') ? 'AAAAAAAAAAAAAAAAAAAAAA==' : key);
  const fields: Field[] = [...switchingTo('websocket'), ['Sec-WebSocket-Accept', accept]];
  if (sins.has('no-upgrade-field')) fields.shift();
  if (sins.has('own-subprotocol')) fields.push(['Sec-WebSocket-Protocol', 'of.the.server']);
  else if (chosen) fields.push(['Sec-WebSocket-Protocol', chosen]);
  return { status: 101, fields, agreed: true };
}
