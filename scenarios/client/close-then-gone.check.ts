import type { Check } from '../../harness/model.js';
import { closePayload, frame } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { afterOpening, blame } from './shown.js';

/** ws waits that long, and browsers less. */
const REASONABLE_MS = 31_000;

export default {
  title: 'The client lets go of a connection that the server keeps up after Close',
  requirement:
    'Clients SHOULD wait for the server to close the connection but MAY close the connection at any time, such as if the server does not close in a reasonable time period.',
  severity: 'low',
  kind: 'hardening',
  judges: 'client',
  lures: true,
  patient: true,
  cwe: 'CWE-772',
  refs: ['RFC 6455 §7.1.1'],
  why: 'A server that says Close and keeps the TCP connection holds a socket, a timer and whatever hangs on them in every client, for as long as it likes.',
  remedy: 'Destroy the socket some seconds after both Close frames, as ws does after 30.',
  async run(probe) {
    const { answerMs, limitMs } = probe.patience;
    if ((await probe.habits()).quitMs !== undefined)
      return skip('the client leaves by itself, before it is told to');
    await using caught = await probe.lure({
      waits: true,
      serve: afterOpening(probe, (visit) => {
        visit.polite = false;
        visit.send(frame({ opcode: 'close', payload: closePayload(1000) }));
      }),
    });
    const { visit } = caught;
    if (!visit) return skip('the client did not come');
    if (!(await visit.ended(answerMs))) return skip('the client does not answer a Close frame at all');
    const since = performance.now();
    const gone = await visit.gone(Math.min(limitMs, REASONABLE_MS));
    const ms = Math.round(performance.now() - since);
    if (gone) return pass(`gone ${ms} ms after the Close frames`, { measured: { goneMs: ms } });
    if (limitMs < REASONABLE_MS)
      return warn(`still there ${ms} ms after the Close frames; watched no longer`, {
        expected: 'the connection given up within 30 s',
        blame,
      });
    return fail('the connection given up within 30 s', `still there after ${ms} ms`, { blame });
  },
} satisfies Check;
