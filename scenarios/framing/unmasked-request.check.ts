import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { mustEnd } from '../judging/violation.js';

const REQUEST = 'GET /poisoned.js HTTP/1.1\r\nHost: wsgauntlet.invalid\r\n\r\n';

export default {
  title: 'An unmasked frame that reads as an HTTP request ends the connection',
  requirement: 'The server MUST close the connection upon receiving a frame that is not masked.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-444',
  refs: ['RFC 6455 §10.3', 'RFC 6455 §5.1'],
  judges: 'endpoint',
  why: 'A proxy that does not know of WebSocket takes such octets for a request, and what the server says to them for its answer, which it may keep for others: the attack for which masking was made.',
  remedy: 'Close with 1002 over any frame without the MASK bit, before its payload is looked at.',
  run: (probe) =>
    mustEnd(probe, {
      name: 'an unmasked frame that reads as an HTTP request',
      send: [frame({ opcode: 'text', payload: REQUEST })],
      legal: [frame({ opcode: 'text', payload: REQUEST, mask: true })],
      codes: [1002, 1003],
    }),
} satisfies Check;
