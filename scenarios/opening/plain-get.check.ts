import type { Check } from '../../harness/model.js';
import { valueOf } from '../../harness/protocol/index.js';
import { mustRefuse } from './refused.js';

export default {
  title: 'A plain GET of a WebSocket path is not answered with 101',
  requirement:
    'A server MUST NOT switch to a protocol that was not indicated by the client in the corresponding request’s Upgrade header field.',
  severity: 'high',
  cwe: 'CWE-436',
  refs: ['RFC 9110 §7.8', 'RFC 6455 §4.2.1'],
  kind: 'vulnerability',
  judges: 'either',
  why: 'An answer of 101 to a request that asked for no upgrade leaves every hop with another idea of what the connection carries.',
  remedy: 'Answer 426 or 400 to requests for a WebSocket path that do not ask for the upgrade.',
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: {
        change: {
          Upgrade: undefined,
          Connection: undefined,
          'Sec-WebSocket-Key': undefined,
          'Sec-WebSocket-Version': undefined,
        },
      },
      expected: 'any answer but 101',
      remains: (head) => valueOf(head, 'Upgrade') === undefined,
      ordinary: true,
    });
    return verdict;
  },
} satisfies Check;
