import type { Check } from '../../harness/model.js';
import { closePayload, frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { afterOpening, blame } from './shown.js';

export default {
  title: 'The client answers a Close frame with one of its own',
  requirement:
    'If an endpoint receives a Close frame and did not previously send a Close frame, the endpoint MUST send a Close frame in response.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  refs: ['RFC 6455 §5.5.1'],
  why: 'A server waits for the answer before it lets go of the connection, and logs each that does not come as an abnormal end.',
  remedy: 'Answer with the code that came, then end the connection once the server does.',
  async run(probe) {
    const { answerMs } = probe.patience;
    if ((await probe.habits()).quitMs !== undefined)
      return skip('the client leaves by itself, before it is told to');
    await using caught = await probe.lure({
      serve: afterOpening(probe, (visit) =>
        visit.send(frame({ opcode: 'close', payload: closePayload(1000, 'gauntlet') })),
      ),
    });
    const { visit } = caught;
    if (!visit) return skip('the client did not come');
    const end = await visit.ended(answerMs);
    if (!end) return fail('a Close frame', `no answer within ${answerMs} ms`, { blame });
    if (end.how !== 'close') return fail('a Close frame', `${end.how.toUpperCase()} without one`, { blame });
    return pass(`answered with ${end.code === undefined ? 'an empty Close' : `Close ${end.code}`}`);
  },
} satisfies Check;
