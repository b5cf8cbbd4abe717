import { randomBytes } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { untilWithHeartbeats } from '../engine-io/heartbeats.js';

/** Pings in the time that is watched. */
const PINGS = 10;

export default {
  title: 'A connection on which pings flow is not cut',
  requirement:
    'A Ping frame may serve as a keepalive: while pings are answered, nothing on the way takes the connection for idle.',
  severity: 'medium',
  kind: 'hardening',
  refs: ['RFC 6455 §5.5.2'],
  judges: 'endpoint',
  patient: true,
  why: 'A hop that counts time and not silence cuts connections whatever their ends do to keep them: users see a feed that stops at the same age again and again.',
  remedy: 'Raise the tunnel timeout of the hop, or have it count from the last octet.',
  fixes: { nginx: 'proxy_read_timeout 1h;\nproxy_send_timeout 1h;', haproxy: 'timeout tunnel 1h' },
  async run(probe) {
    const known = await probe.acquaintance();
    if (!known.pongs) return skip('pings are not answered here');
    const { answerMs, limitMs } = probe.patience;
    const peer = await probe.meet();
    const since = performance.now();
    const everyMs = limitMs / PINGS;
    for (let sent = 0; sent < PINGS; sent++) {
      const payload = randomBytes(8);
      peer.send(frame({ opcode: 'ping', payload, mask: true }));
      const pong = await untilWithHeartbeats(
        peer,
        known,
        ({ opcode, payload: back }) => opcode === 10 && payload.equals(back),
        answerMs,
      );
      if (!pong && peer.open)
        return fail('a pong for every ping', `ping ${sent + 1} got no pong`, { blame: probe.suspect() });
      // An Engine.IO server ends a connection itself whose client is silent in its own protocol.
      await untilWithHeartbeats(peer, known, () => false, everyMs);
      const end = await peer.farewell(0);
      if (!end) continue;
      const ageMs = Math.round(end.at - since);
      return fail(
        `open for the ${limitMs} ms watched`,
        `ended after ${ageMs} ms, with pings every ${Math.round(everyMs)} ms`,
        {
          measured: { ageMs, clientSaw: end.how, ...(end.code !== undefined && { code: end.code }) },
          blame: probe.suspect(),
        },
      );
    }
    return pass(`open after ${limitMs} ms with ${PINGS} pings, all answered`, {
      measured: { ageMs: Math.round(performance.now() - since) },
    });
  },
} satisfies Check;
