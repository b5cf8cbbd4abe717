import type { Check, Peer } from '../../harness/model.js';
import { HEAD_MS, mustNotBeHeld } from './unfinished.js';

const PERIOD_MS = 2000;
const WAIT = {
  what: 'a request head that comes an octet at a time',
  key: 'handshakeLimitMs',
  tolerableMs: HEAD_MS,
};

/** Goes on with a field's value, one octet at a time. Returns what stops it. */
function drip(peer: Peer, everyMs: number): () => void {
  const timer = setInterval(() => {
    if (peer.open) peer.send(Buffer.from('a'));
    else clearInterval(timer);
  }, everyMs);
  return () => clearInterval(timer);
}

export default {
  title: 'A request that comes an octet at a time is not waited for without end',
  requirement: 'A server bounds the time in which a request head has to be complete, however it arrives.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-772',
  refs: ['RFC 6455 §10.4', 'RFC 9110 §15.5.9'],
  judges: 'endpoint',
  why: 'A slow request holds a connection, and in some servers a thread, for one octet every two seconds. A few hundred of them from one laptop shut everybody else out (Slowloris). A limit that starts anew with every octet does not help.',
  remedy: 'Bound the time for the whole head, not the silence between two octets.',
  fixes: {
    ws: 'createServer({ headersTimeout: 10_000, connectionsCheckingInterval: 5_000 }) // the HTTP server below it',
    nginx: 'client_header_timeout 10s;',
    haproxy: 'timeout http-request 10s',
  },
  patient: true,
  async run(probe) {
    await using _ = await probe.meet();
    const { limitMs } = probe.patience;
    const peer = await probe.connect();
    const { host } = new URL(probe.route.url);
    peer.send(
      Buffer.from(
        `GET ${probe.target.path} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nX-Slow: a`,
        'latin1',
      ),
    );
    const stop = drip(peer, Math.min(PERIOD_MS, limitMs / 10));
    try {
      return await mustNotBeHeld(probe, peer, WAIT);
    } finally {
      stop();
    }
  },
} satisfies Check;
