import type { Check } from '../../harness/model.js';
import { mustNotTake } from './fakes.js';

const FAKES = [
  { what: 'with an extension that was not offered', path: '/fake?with=extension' },
  { what: 'with a subprotocol that was not offered', path: '/fake?with=subprotocol' },
  { what: 'with two subprotocols', path: '/fake?with=subprotocols' },
];

export default {
  title: 'A 101 that agrees to what the client did not offer is refused',
  requirement:
    'If the response indicates the use of an extension or a subprotocol that was not present in the client’s handshake, the client MUST Fail the WebSocket Connection.',
  severity: 'medium',
  judges: 'client',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §11.3.4'],
  why: 'From then on the two sides read the same octets otherwise: an extension changes what frames mean, a subprotocol what messages do.',
  remedy:
    'Compare Sec-WebSocket-Extensions and Sec-WebSocket-Protocol of the answer with what was offered, and fail the connection over anything else.',
  run: (probe) => mustNotTake(probe, FAKES, ['gauntlet.a', 'gauntlet.b']),
} satisfies Check;
