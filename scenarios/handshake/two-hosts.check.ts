import type { Check } from '../../harness/model.js';
import { valuesOf } from '../../harness/protocol/index.js';
import { mustRefuse } from '../opening/refused.js';
import { HOST_FIXES } from './fixes.js';

export default {
  title: 'A handshake with two Hosts is refused',
  requirement:
    'A server MUST respond with a 400 (Bad Request) status code to any request message that contains more than one Host header field line.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-444',
  refs: ['RFC 9112 §3.2'],
  judges: 'endpoint',
  why: 'One parser takes the first Host and the next the last: a request is guarded as one site’s and served as another’s.',
  remedy: 'Answer 400 to more than one Host.',
  fixes: HOST_FIXES,
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: { headers: [['Host', 'other.invalid']] },
      expected: '400',
      remains: (head) => valuesOf(head, 'Host').length > 1,
    });
    return verdict;
  },
} satisfies Check;
