import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';

const CODES = [1000, 1011, 4001];

export default {
  title: 'The origin’s close code and reason reach the client',
  requirement: 'A Close frame from the origin is delivered with its status code and reason.',
  severity: 'low',
  refs: ['RFC 6455 §5.5.1', 'RFC 6455 §7.1.5'],
  why: 'A client that sees 1006 instead of the code cannot tell “log in again” from “the network is down”.',
  remedy: 'Have the hop relay the Close frame before it closes its connections.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which closes with a given code');
    for (const code of CODES) {
      const reason = `going ${code}`;
      const path = `/close?status=${code}&reason=${encodeURIComponent(reason)}&after=0`;
      const dial = await probe.dial({ path });
      if (!dial.peer || !dial.conforms)
        return skip(`no baseline here: ${dial.failure ?? `refused with ${dial.answer?.status}`}`);
      const end = await dial.peer.farewell(probe.patience.answerMs);
      if (end?.how === 'close' && end.code === code && end.reason === reason) continue;
      const seen = end ? `${end.how} ${end.code ?? ''} ${end.reason ?? ''}`.trim() : 'no end at all';
      return fail(`close ${code} "${reason}" at the client`, seen, { blame: probe.suspect() });
    }
    return pass(`${CODES.join(', ')} arrived with their reasons`);
  },
} satisfies Check;
