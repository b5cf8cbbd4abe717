import type { Check } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { closing } from './answered.js';
import { judgeLettingGo } from './let-go.js';

const BOUNDS = { well: 2000, fault: 30_000 };

export default {
  title: 'After the closing handshake the server ends TCP, at once',
  requirement:
    'The server MUST close the underlying TCP connection immediately; the client SHOULD wait for the server to close the connection.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-404',
  refs: ['RFC 6455 §7.1.1', 'RFC 6455 §5.5.1'],
  judges: 'endpoint',
  patient: true,
  why: 'Connections that are over and still held add up: whoever opens and closes them fills the server’s table of sockets at next to no cost.',
  remedy: 'End the TCP connection once both Close frames are out, and destroy it where that does not help.',
  async run(probe) {
    const peer = await probe.meet();
    peer.send(closing(1000));
    const since = performance.now();
    const end = await peer.farewell(probe.patience.answerMs);
    if (!end) return skip('a Close is not answered here; see closing/answered');
    const watchedMs = Math.max(probe.patience.limitMs, BOUNDS.well);
    const gone = await peer.gone(watchedMs);
    return judgeLettingGo(gone && performance.now() - since, watchedMs, BOUNDS);
  },
} satisfies Check;
