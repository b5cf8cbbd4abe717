import type { Check } from '../../harness/model.js';
import { mustRefuse } from '../opening/refused.js';
import { KEY_FIXES } from './fixes.js';
import { keyed } from './keys.js';

export default {
  title: 'An empty key is refused',
  requirement:
    'If the server finds that the client did not send a Sec-WebSocket-Key header field with a base64-encoded value that, when decoded, is 16 bytes in length, the server MUST stop processing the client’s handshake and return an HTTP response with an appropriate error code (such as 400 Bad Request).',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §4.2.1'],
  judges: 'endpoint',
  why: 'A server that looks whether the field is there, and not what it says, answers everybody with the same accept value, which proves nothing.',
  remedy: 'Answer 400 to a Sec-WebSocket-Key that is not 22 letters of base64 and "==".',
  fixes: KEY_FIXES,
  run: async (probe) => (await mustRefuse(probe, keyed('an empty key', ''))).verdict,
} satisfies Check;
