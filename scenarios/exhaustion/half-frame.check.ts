import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { mustNotBeHeld, SILENCE_MS } from './unfinished.js';

const WAIT = { what: 'half a frame', key: 'halfFrameLimitMs', tolerableMs: SILENCE_MS };

export default {
  title: 'Half a frame is not waited for without end',
  requirement: 'A server notices that the rest of a frame does not come.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-772',
  refs: ['RFC 6455 §10.4'],
  judges: 'endpoint',
  why: 'What has come of the frame is kept until the rest does. A client that stops in the middle holds memory and a connection, and a limit on silent connections that starts anew with every octet does not see it.',
  remedy:
    'Ping, and end connections that do not answer; bound the time that a message may take to be complete.',
  fixes: {
    ws: "setInterval(() => { for (const s of wss.clients) { if (!s.alive) s.terminate(); s.alive = false; s.ping(); } }, 30_000) // and on 'pong': s.alive = true",
    nginx: 'proxy_read_timeout 60s; # its default: ends connections on which the server says nothing',
    haproxy: 'timeout tunnel 60s',
  },
  patient: true,
  async run(probe) {
    // A pong would be taken for what is missing of the frame.
    const peer = await probe.meet({ pong: false });
    peer.send(frame({ opcode: 'text', payload: 'a'.repeat(40), declared: 100, mask: true }));
    return mustNotBeHeld(probe, peer, WAIT);
  },
} satisfies Check;
