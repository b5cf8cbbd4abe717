import type { Check } from '../../harness/model.js';
import { valueOf } from '../../harness/protocol/index.js';
import { mustRefuse } from '../opening/refused.js';

export default {
  title: 'A handshake without Upgrade is not upgraded',
  requirement:
    'A server MUST NOT switch to a protocol that was not indicated by the client in the corresponding request’s Upgrade header field.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 9110 §7.8', 'RFC 6455 §4.2.1'],
  judges: 'endpoint',
  why: 'Hops know an upgrade by this field. Where a server does without it, the hop reads frames as HTTP.',
  remedy: 'Answer 426 or 400 to a request that does not say "Upgrade: websocket".',
  fixes: { nginx: 'if ($http_upgrade !~* "^websocket$") { return 426; }' },
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: { change: { Upgrade: undefined } },
      expected: 'any answer but 101',
      remains: (head) => valueOf(head, 'Upgrade') === undefined,
      ordinary: true,
    });
    return verdict;
  },
} satisfies Check;
