import type { Check } from '../../harness/model.js';
import { BOMB_BUDGET, mustNotInflate } from './bombed.js';

const FRAGMENTS = 16;

export default {
  title: 'A compressed message in fragments that inflates a thousandfold is turned down',
  requirement:
    'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-409',
  refs: ['RFC 7692 §8', 'RFC 6455 §10.4'],
  judges: 'endpoint',
  why: 'A limit that is asked about each frame by itself does not see what they add up to.',
  remedy: 'Count what comes out over all fragments of a message, stop at its limit, and close with 1009.',
  fixes: {
    ws: 'new WebSocketServer({ perMessageDeflate: false, maxPayload: 64 * 1024 }) // 100 MiB by default, after inflating',
  },
  reach: 'intrusive',
  budget: BOMB_BUDGET,
  run: (probe) => mustNotInflate(probe, FRAGMENTS),
} satisfies Check;
