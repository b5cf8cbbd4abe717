import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { skip } from '../../harness/verdict.js';
import { judgeLettingGo } from './let-go.js';

const BOUNDS = { well: 30_000, fault: 60_000 };

export default {
  title: 'A client that never answers the server’s Close is let go of',
  requirement:
    'A server that has sent a Close does not wait for the answer for ever: it closes the TCP connection after a reasonable time.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-772',
  refs: ['RFC 6455 §7.1.1', 'RFC 6455 §7.1.7'],
  judges: 'endpoint',
  patient: true,
  why: 'A server that has closed and waits for the answer holds the connection for as long as the client likes: those that were thrown out keep their place.',
  remedy: 'Give the closing handshake a time limit, and destroy the socket when it is over.',
  fixes: { ws: 'new WebSocketServer({ closeTimeout: 5000 })' },
  async run(probe) {
    const peer = await probe.meet();
    peer.hush();
    peer.send(frame({ opcode: 3, rsv: 7, payload: 'wrong', mask: true }));
    const since = performance.now();
    const end = await peer.farewell(probe.patience.answerMs);
    if (!end)
      return skip('the server does not close over a frame that is wrong, so it has no Close to be answered');
    const watchedMs = probe.patience.limitMs;
    const gone = await peer.gone(watchedMs);
    return judgeLettingGo(gone && performance.now() - since, watchedMs, BOUNDS);
  },
} satisfies Check;
