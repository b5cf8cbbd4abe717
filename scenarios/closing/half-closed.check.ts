import type { Check } from '../../harness/model.js';
import { judgeLettingGo } from './let-go.js';

const BOUNDS = { well: 30_000, fault: 60_000 };

export default {
  title: 'A client that ends TCP without a Close is let go of',
  requirement:
    'A server whose client has ended the TCP connection, with a Close or without one, ends it as well.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-772',
  refs: ['RFC 6455 §7.1.1', 'RFC 6455 §7.1.5'],
  judges: 'endpoint',
  patient: true,
  why: 'Half-closed connections that are held carry nothing any more and cost memory and a socket each; a client makes as many as it likes.',
  remedy: 'End the connection when the client’s FIN comes (the `end` event of Node.js, with allowHalfOpen).',
  async run(probe) {
    const peer = await probe.meet();
    peer.end();
    const since = performance.now();
    const watchedMs = probe.patience.limitMs;
    const gone = await peer.gone(watchedMs);
    return judgeLettingGo(gone && performance.now() - since, watchedMs, BOUNDS);
  },
} satisfies Check;
