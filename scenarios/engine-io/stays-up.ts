import type { Probe, Verdict } from '../../harness/model.js';
import { fail, pass } from '../../harness/verdict.js';

/** Something that servers have come down over, by what messages call it. */
export type Attempts = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * Judges that a connection that was open before outlives each of the attempts. A fresh one is opened each time: it answers
 * no heartbeats of the endpoint's protocol, and may end over that when it is kept for long.
 */
export async function staysUp(probe: Probe, attempts: Attempts): Promise<Verdict> {
  for (const [name, attempt] of Object.entries(attempts)) {
    const bystander = await probe.meet();
    await attempt();
    if (!(await probe.lives(bystander))) {
      const again = await probe.knock();
      const after =
        again.reception === 'accepted' ? 'new ones are accepted again' : `a new one: ${again.told}`;
      return fail(
        'a connection that was open before goes on',
        `${name} ended a connection that was open before; ${after}`,
      );
    }
    await bystander[Symbol.asyncDispose]();
  }
  return pass(`connections that were open before outlived each of ${Object.keys(attempts).length} attempts`);
}
