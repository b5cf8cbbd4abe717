import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { skip } from '../../harness/verdict.js';
import { mustNotPileUp } from './piled-up.js';
import { MOST_POURED, pour } from './unread.js';

const EACH = 32 * 1024;

export default {
  title: 'Answers that a client does not read do not pile up',
  requirement: 'A server bounds what waits to be sent to a client that does not read.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-770',
  refs: ['RFC 6455 §10.4'],
  judges: 'endpoint',
  why: 'A client that asks and never reads has the server keep every answer for it. Memory grows with what is sent, by as many connections as are let in.',
  remedy: 'Watch how much waits to be sent: stop reading from who does not read, or end the connection.',
  fixes: { ws: 'if (socket.bufferedAmount > 1_000_000) socket.terminate() // before each send' },
  reach: 'intrusive',
  budget: { connections: 3, octets: MOST_POURED + 1024 * 1024, seconds: 60 },
  async run(probe) {
    const { sign } = await probe.acquaintance();
    if (sign !== 'echo') return skip('it takes an endpoint that echoes, and this one does not');
    const peer = await probe.meet();
    const one = frame({ opcode: 'text', payload: 'e'.repeat(EACH), mask: true });
    return mustNotPileUp(
      'messages',
      await pour(probe, peer, Buffer.concat([one, one, one, one]), EACH / one.length),
    );
  },
} satisfies Check;
