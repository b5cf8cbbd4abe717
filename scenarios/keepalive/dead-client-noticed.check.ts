import type { Check, Probe } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';

export default {
  title: 'A server that pings keeps a living client and notices a dead one, whoever stands between',
  requirement:
    'A client that does not answer the pings of the server is given up by it in time, and one that does is kept: pings and pongs pass, and nobody answers in its stead.',
  severity: 'medium',
  refs: ['RFC 6455 §5.5.2', 'RFC 6455 §5.5.3'],
  why: 'Where a hop answers pings by itself, the server goes on holding connections of clients that are long gone; where it drops them, a server that pings drops everybody.',
  remedy: 'Have the hop tunnel frames instead of ending WebSocket, or beat by messages of the application.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin that pings when asked to, and this is not ours');
    const everyMs = Math.round(probe.patience.idleMs / 12);
    const boundMs = 3 * everyMs + probe.patience.answerMs;
    const path = `/heartbeat?every=${everyMs}&timeout=${everyMs}`;
    const [living, dead] = await Promise.all([
      fateOf(probe, path, true, boundMs),
      fateOf(probe, path, false, boundMs),
    ]);
    const after = `pings every ${everyMs} ms that it does not answer`;
    const extras = { blame: probe.suspect() };
    if (living === 'held' && dead === 'held') {
      const actual = `it was held for alive for ${boundMs} ms: somebody answers in its stead`;
      return fail(`a dead client given up after ${after}`, actual, extras);
    }
    if (living === 'held' && dead === 'given up')
      return pass(`the origin gave a dead client up after ${after}`);
    const lost = await lostOf(probe, everyMs);
    if (lost) return fail('pings of the server at the client, and its pongs at the server', lost, extras);
    return skip(
      living === 'given up'
        ? 'a client that answers is given up as well: pings and pongs pass, but late'
        : 'connections end here by themselves, so that nothing can be said of clients given up',
    );
  },
} satisfies Check;

type Fate = 'given up' | 'ended' | 'held';

/** What the origin did with a client that answers pings, or with one that does not. */
async function fateOf(probe: Probe, path: string, pong: boolean, withinMs: number): Promise<Fate> {
  const peer = await probe.raw({ path, pong });
  const sighting = await probe.sighting(peer.token);
  const end = await Promise.race([sighting?.ended, probe.wait(withinMs)]);
  if (sighting?.evidence.some(({ text }) => text.startsWith('no pong within'))) return 'given up';
  return end ? 'ended' : 'held';
}

/** Which of a ping of the server's and the client's pong does not arrive, however long it may take. */
async function lostOf(probe: Probe, everyMs: number): Promise<string | undefined> {
  const { answerMs } = probe.patience;
  const peer = await probe.raw({ path: `/ping?every=${everyMs}` });
  const sighting = await probe.sighting(peer.token);
  const ping = await peer.until(({ opcode }) => opcode === 9, everyMs + answerMs);
  if (!ping)
    return peer.open ? 'no ping of the server came' : 'the connection ended instead of a ping of the server';
  const deadline = performance.now() + answerMs;
  const ponged = () => sighting?.frames.some(({ opcode }) => opcode === 10);
  while (!ponged() && performance.now() < deadline) await probe.wait(20);
  return ponged() ? undefined : 'no pong of the client came to the server';
}
