import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { skip } from '../../harness/verdict.js';
import { mustNotPileUp } from './piled-up.js';
import { MOST_POURED, pour } from './unread.js';

const EACH = 120;

export default {
  title: 'Pongs that a client does not read do not pile up',
  requirement: 'A server bounds what waits to be sent to a client that does not read.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-770',
  refs: ['RFC 6455 §5.5.3', 'RFC 6455 §10.4'],
  judges: 'endpoint',
  why: 'A client that pings and never reads has the server keep every pong for it. Memory grows with what is sent, by as many connections as are let in.',
  remedy: 'Keep the pong for the last ping only, or stop reading while answers wait.',
  fixes: { ws: 'ws 8.23 and later: at most 60 pongs wait (maxPendingAutoPongs)' },
  reach: 'intrusive',
  budget: { connections: 3, octets: MOST_POURED + 1024 * 1024, seconds: 60 },
  async run(probe) {
    const { pongs } = await probe.acquaintance();
    if (!pongs) return skip('pings are not answered here, so no pongs can pile up');
    const peer = await probe.meet();
    const one = frame({ opcode: 'ping', payload: 'p'.repeat(EACH), mask: true });
    const chunk = Buffer.concat(Array<Uint8Array>(2000).fill(one));
    return mustNotPileUp('pings', await pour(probe, peer, chunk, (EACH + 2) / one.length));
  },
} satisfies Check;
