import type { Check } from '../../harness/model.js';
import { mustNotBeHeld, SILENCE_MS } from './unfinished.js';

const WAIT = {
  what: 'a silent client that answers no pings',
  key: 'idleLimitMs',
  tolerableMs: SILENCE_MS,
};

export default {
  title: 'A client that falls silent and answers no pings is let go',
  requirement:
    'Upon receipt of a Ping frame, an endpoint MUST send a Pong frame in response. Who does not is taken for gone.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-772',
  refs: ['RFC 6455 §5.5.2', 'RFC 6455 §10.4'],
  judges: 'endpoint',
  why: 'Clients vanish without a word: a laptop lid is shut, a NAT forgets. What is kept for them (sessions, subscriptions, buffers) adds up until the server falls, and an attacker can make it add up on purpose.',
  remedy: 'Ping every half minute, and end connections whose pong does not come.',
  fixes: {
    ws: "setInterval(() => { for (const s of wss.clients) { if (!s.alive) s.terminate(); s.alive = false; s.ping(); } }, 30_000) // and on 'pong': s.alive = true",
    nginx: 'proxy_read_timeout 60s; # its default: ends connections on which the server says nothing',
    haproxy: 'timeout tunnel 60s',
  },
  patient: true,
  async run(probe) {
    const peer = await probe.meet({ pong: false });
    let pings = 0;
    const watched = peer.until(({ opcode }) => {
      if (opcode === 9) pings++;
      return false;
    }, probe.patience.limitMs);
    const verdict = await mustNotBeHeld(probe, peer, WAIT);
    await watched;
    const asked = pings === 0 ? 'the server did not ping' : `${pings} pings came`;
    const message = `${verdict.message}; ${asked}`;
    return { ...verdict, message, measured: { ...verdict.measured, pings } };
  },
} satisfies Check;
