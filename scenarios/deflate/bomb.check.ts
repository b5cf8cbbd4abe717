import type { Check } from '../../harness/model.js';
import { BOMB_BUDGET, mustNotInflate } from './bombed.js';

export default {
  title: 'A compressed message that inflates a thousandfold is turned down',
  requirement:
    'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-409',
  refs: ['RFC 7692 §8', 'RFC 6455 §10.4'],
  judges: 'endpoint',
  why: 'Sixteen kilobytes become sixteen megabytes, sixty-four become sixty-four, by each connection. The sender needs next to nothing for it.',
  remedy:
    'Count what comes out while inflating, stop at the limit of a message, and close with 1009. Or do without compression.',
  fixes: {
    ws: 'new WebSocketServer({ perMessageDeflate: false, maxPayload: 64 * 1024 }) // 100 MiB by default, after inflating',
  },
  reach: 'intrusive',
  budget: BOMB_BUDGET,
  run: (probe) => mustNotInflate(probe, 1),
} satisfies Check;
