import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { blame } from './shown.js';

const MOST_MS = 60_000;

export default {
  title: 'The client gives up a handshake that is never answered',
  requirement: 'A client bounds the time that it waits for the answer to its handshake.',
  severity: 'medium',
  kind: 'hardening',
  judges: 'client',
  lures: true,
  patient: true,
  cwe: 'CWE-772',
  refs: ['RFC 6455 §4.1', 'RFC 9112 §9.5'],
  why: 'A server that accepts connections and says nothing holds the client for as long as it likes: no retry, no fallback, no error for the user.',
  remedy: 'Set a deadline for the handshake.',
  fixes: {
    ws: 'new WebSocket(url, { handshakeTimeout: 10_000 })',
  },
  async run(probe) {
    const { limitMs } = probe.patience;
    const watchedMs = Math.min(limitMs, MOST_MS);
    await using caught = await probe.lure({
      waits: true,
      async serve(visit) {
        await visit.gone(watchedMs);
      },
    });
    const { visit } = caught;
    if (!visit) return skip('the client did not come');
    const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
    if (await visit.gone(0)) return pass(`gave up within ${seconds(performance.now() - visit.openedAt)}`);
    const actual = `still waiting after ${seconds(watchedMs)}`;
    if (watchedMs < MOST_MS)
      return warn(`${actual}; watched no longer (--patience 60s tells)`, {
        expected: 'the handshake given up within 60 s',
        blame,
      });
    return fail('the handshake given up within 60 s', actual, { blame });
  },
} satisfies Check;
