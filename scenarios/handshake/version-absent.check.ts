import type { Check } from '../../harness/model.js';
import { valueOf } from '../../harness/protocol/index.js';
import { mustRefuse } from '../opening/refused.js';
import { VERSION_FIXES } from './fixes.js';

export default {
  title: 'A handshake without a version is refused',
  requirement:
    'A server that finds that the client did not send a Sec-WebSocket-Version header field with a value of 13 MUST stop processing the handshake and return an HTTP response with an appropriate error code.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §4.2.1', 'RFC 6455 §4.4'],
  judges: 'endpoint',
  why: 'No version is what the first drafts sent. A server that takes it has no idea of which protocol is spoken next, and lets in clients that do not mask.',
  remedy: 'Answer 426 with "Sec-WebSocket-Version: 13" to a handshake without a version.',
  fixes: VERSION_FIXES,
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: { change: { 'Sec-WebSocket-Version': undefined } },
      expected: '426 or 400',
      remains: (head) => valueOf(head, 'Sec-WebSocket-Version') === undefined,
    });
    return verdict;
  },
} satisfies Check;
