import { randomBytes } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { KEY_FIXES } from './fixes.js';
import { keyed } from './keys.js';

export default {
  title: 'A key that is not base64 is refused',
  requirement:
    'If the server finds that the client did not send a Sec-WebSocket-Key header field with a base64-encoded value that, when decoded, is 16 bytes in length, the server MUST stop processing the client’s handshake and return an HTTP response with an appropriate error code (such as 400 Bad Request).',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §4.2.1', 'RFC 6455 §4.1'],
  judges: 'endpoint',
  why: 'A value that is not checked may carry anything into logs, into the answer and into whatever else is made from it; and a hop that does check refuses what this server takes.',
  remedy: 'Answer 400 to a Sec-WebSocket-Key that is not 22 letters of base64 and "==".',
  fixes: KEY_FIXES,
  run: (probe) =>
    mustRefuseEach(probe, [
      keyed('a key of exclamation marks', `${'!'.repeat(22)}==`),
      keyed('a key in the alphabet of URLs', `${randomBytes(15).toString('hex').slice(0, 20)}-_==`),
      keyed('a key without its padding', randomBytes(16).toString('base64').slice(0, 22)),
    ]),
} satisfies Check;
