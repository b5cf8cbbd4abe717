import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { afterOpening, blame, shownTo } from './shown.js';

export default {
  title: 'The client puts up with pongs that it did not ask for',
  requirement:
    'A Pong frame MAY be sent unsolicited. This serves as a unidirectional heartbeat. A response to an unsolicited Pong frame is not expected.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  refs: ['RFC 6455 §5.5.3'],
  why: 'Servers use them as a heartbeat; a client that fails over them cannot stay connected to such a server.',
  remedy: 'Ignore pongs that belong to no ping.',
  async run(probe) {
    const serve = afterOpening(probe, (visit) => {
      for (const payload of ['', 'never asked for']) visit.send(frame({ opcode: 'pong', payload }));
    });
    const { held } = await shownTo(probe, { serve });
    if (!held) return skip('the client did not come');
    const { quitMs } = await probe.habits();
    if (held.as === 'open') return pass(held.told);
    if (quitMs !== undefined) return skip(`the client leaves by itself after ${Math.round(quitMs)} ms`);
    return fail('the connection stays open', held.told, { blame });
  },
} satisfies Check;
