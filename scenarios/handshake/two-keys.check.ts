import type { Check, Dial } from '../../harness/model.js';
import { acceptValue, freshKey, valueOf, valuesOf } from '../../harness/protocol/index.js';
import { mustRefuse } from '../opening/refused.js';
import { KEY_FIXES } from './fixes.js';

export default {
  title: 'A handshake with two keys is refused',
  requirement: 'The Sec-WebSocket-Key header field MUST NOT appear more than once in an HTTP request.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-444',
  refs: ['RFC 6455 §11.3.1', 'RFC 6455 §4.2.1'],
  judges: 'endpoint',
  why: 'A hop takes the first key and the server the last, or both joined: then they hold different views of one handshake, which is what request smuggling is made of.',
  remedy: 'Answer 400 to more than one Sec-WebSocket-Key.',
  fixes: {
    nginx: KEY_FIXES.nginx,
    haproxy: 'http-request deny deny_status 400 if { req.fhdr_cnt(sec-websocket-key) gt 1 }',
  },
  async run(probe) {
    const keys = [freshKey(), freshKey()];
    const { verdict, made } = await mustRefuse(probe, {
      options: {
        change: { 'Sec-WebSocket-Key': keys[0] },
        headers: [['Sec-WebSocket-Key', keys[1]!]],
      },
      expected: '400',
      remains: (head) => valuesOf(head, 'Sec-WebSocket-Key').length > 1,
    });
    if (made.handshake !== 'accepted') return verdict;
    return { ...verdict, measured: { ...verdict.measured, answeredFor: answeredFor(made, keys) } };
  },
} satisfies Check;

function answeredFor({ answer }: Dial, keys: readonly string[]): string {
  const accept = valueOf({ fields: answer?.headers ?? [] }, 'Sec-WebSocket-Accept');
  if (accept === acceptValue(keys[0]!)) return 'the first';
  if (accept === acceptValue(keys[1]!)) return 'the second';
  return accept === acceptValue(keys.join(', ')) ? 'both, joined' : 'neither';
}
