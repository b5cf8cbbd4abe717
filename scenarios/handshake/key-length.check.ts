import { randomBytes } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { KEY_FIXES } from './fixes.js';
import { keyed } from './keys.js';

export default {
  title: 'A key of fewer than 16 octets is refused',
  requirement:
    'If the server finds that the client did not send a Sec-WebSocket-Key header field with a base64-encoded value that, when decoded, is 16 bytes in length, the server MUST stop processing the client’s handshake and return an HTTP response with an appropriate error code (such as 400 Bad Request).',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §4.2.1', 'RFC 6455 §4.1'],
  judges: 'endpoint',
  why: 'A server that takes any text for a key proves with its answer only that it can hash. What can set a header to something short can then pass for a WebSocket client.',
  remedy: 'Answer 400 to a Sec-WebSocket-Key that is not 22 letters of base64 and "==".',
  fixes: KEY_FIXES,
  run: (probe) =>
    mustRefuseEach(probe, [
      keyed('a key of 5 octets', randomBytes(5).toString('base64')),
      keyed('a key of 15 octets', randomBytes(15).toString('base64')),
    ]),
} satisfies Check;
