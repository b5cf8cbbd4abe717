import { randomBytes } from 'node:crypto';
import type { Check, Peer } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass } from '../../harness/verdict.js';

export default {
  title: 'A ping is answered by the origin, and by nobody before it',
  requirement:
    'A ping of the client reaches the origin, and its pong, one and no more, comes back with the same payload.',
  severity: 'low',
  refs: ['RFC 6455 §5.5.2', 'RFC 6455 §5.5.3'],
  why: 'A pong proves that the nearest one who ends WebSocket is alive. Where a hop answers pings itself, the client takes a dead origin for a living one.',
  remedy: 'Have the hop tunnel frames instead of ending WebSocket, or beat by messages of the application.',
  async run(probe) {
    const peer = await probe.raw();
    const sighting = await probe.sighting(peer.token);
    const payload = randomBytes(8);
    const pongs = await pongsTo(peer, payload, probe.patience.answerMs);
    const reached = sighting?.frames.some((seen) => seen.opcode === 9 && payload.equals(seen.payload));
    const blame = probe.suspect();
    const expected = 'the ping at the origin, and one pong of it';
    if (!reached && pongs > 0)
      return fail(expected, 'a pong, though the origin never saw the ping', { blame });
    if (!reached) {
      const other = sighting?.frames.some(({ opcode }) => opcode === 9);
      const lost = other
        ? 'the ping came to the origin with another payload'
        : 'the ping reached nobody who answers';
      return fail(expected, peer.open ? lost : 'the connection ended over the ping', { blame });
    }
    if (pongs === 0) return fail(expected, 'the origin saw the ping, but no pong came back', { blame });
    if (pongs > 1) return fail(expected, `${pongs} pongs to one ping: a hop answers as well`, { blame });
    return pass('the origin saw the ping, and one pong came back');
  },
} satisfies Check;

/** How many came before the echo of a message that was sent behind the ping. */
async function pongsTo(peer: Peer, payload: Buffer, answerMs: number): Promise<number> {
  const message = `after ${payload.toString('hex')}`;
  peer.send(frame({ opcode: 'ping', payload, mask: true }));
  peer.send(frame({ opcode: 'text', payload: message, mask: true }));
  for (let pongs = 0; ; ) {
    const came = await peer.next(answerMs);
    if (!came || Buffer.from(came.payload).toString() === message) return pongs;
    if (came.opcode === 10 && payload.equals(came.payload)) pongs++;
  }
}
