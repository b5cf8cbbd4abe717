import type { Check } from '../../harness/model.js';
import { closePayload, frame } from '../../harness/protocol/index.js';
import { fail, pass } from '../../harness/verdict.js';

const CODES = [1000, 1001, 3000, 4999];

export default {
  title: 'The client’s close code and reason reach the origin',
  requirement: 'A Close frame is delivered with its status code and reason, and answered with a Close frame.',
  severity: 'low',
  refs: ['RFC 6455 §5.5.1', 'RFC 6455 §7.1.5'],
  why: 'Applications act on codes: one that arrives as an abnormal end (1006) triggers reconnects and alarms.',
  remedy: 'Have the hop relay the Close frame before it closes its connections.',
  async run(probe) {
    for (const code of CODES) {
      const reason = `leaving with ${code}`;
      const peer = await probe.raw();
      peer.send(frame({ opcode: 'close', payload: closePayload(code, reason), mask: true }));
      const [answer, sighting] = await Promise.all([
        peer.farewell(probe.patience.answerMs),
        probe.sighting(peer.token, probe.patience.answerMs),
      ]);
      const blame = probe.suspect();
      const late = probe.wait(probe.patience.answerMs).catch(() => undefined);
      const end = sighting && (await Promise.race([sighting.ended, late]));
      const seen = end ? `${end.how} ${end.code ?? ''} ${end.reason ?? ''}`.trim() : 'no end at all';
      if (end?.how !== 'close' || end.code !== code || end.reason !== reason)
        return fail(`close ${code} "${reason}" at the origin`, seen, { blame });
      if (answer?.how !== 'close' || answer.code !== code)
        return fail(
          `a Close frame with ${code} in answer`,
          answer ? `${answer.how} ${answer.code ?? ''}`.trim() : 'none',
          { blame },
        );
    }
    return pass(`${CODES.join(', ')} arrived with their reasons`);
  },
} satisfies Check;
