import type { Check, Probe } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';

export default {
  title: 'A server that pings notices a dead client, whoever stands between',
  requirement:
    'A client that does not answer the pings of the server is given up by it in time: nobody answers them in its stead.',
  severity: 'medium',
  refs: ['RFC 6455 §5.5.2', 'RFC 6455 §5.5.3'],
  why: 'Where a hop answers pings by itself, the server goes on holding connections of clients that are long gone.',
  remedy: 'Have the hop tunnel frames instead of ending WebSocket, or beat by messages of the application.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin that pings when asked to, and this is not ours');
    const everyMs = Math.round(probe.patience.idleMs / 12);
    const boundMs = 3 * everyMs + probe.patience.answerMs;
    const path = `/heartbeat?every=${everyMs}&timeout=${everyMs}`;
    const [living, dead] = await Promise.all([
      givenUp(probe, path, true, boundMs),
      givenUp(probe, path, false, boundMs),
    ]);
    if (living)
      return skip('a client that answers is given up as well: its pongs, or the pings, do not arrive');
    const after = `pings every ${everyMs} ms that it does not answer`;
    if (dead) return pass(`the origin gave a dead client up after ${after}`);
    const actual = `it was held for alive for ${boundMs} ms: somebody answers in its stead`;
    return fail(`a dead client given up after ${after}`, actual, { blame: probe.suspect() });
  },
} satisfies Check;

/** Whether the origin gave up a client that answers pings, or one that does not. */
async function givenUp(probe: Probe, path: string, pong: boolean, withinMs: number): Promise<boolean> {
  const peer = await probe.raw({ path, pong });
  const sighting = await probe.sighting(peer.token);
  await Promise.race([sighting?.ended, probe.wait(withinMs)]);
  return sighting?.evidence.some(({ text }) => text.startsWith('no pong within')) ?? false;
}
