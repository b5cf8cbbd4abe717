import type { End, Probe, Sighting } from '../../harness/model.js';

const STEPS = 10;

/**
 * Waits for an answer that ought to come at once, in small steps: after a machine was held up, one long timer is
 * over before what came meanwhile has been read.
 */
export async function patiently<T>(
  probe: Probe,
  ask: (withinMs: number) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (let step = 0; step < STEPS; step++) {
    const answer = await ask(probe.patience.answerMs / STEPS);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** How the origin saw it end; undefined where it did not in that time. */
export async function endAtOrigin(probe: Probe, { ended }: Sighting): Promise<End | undefined> {
  return patiently(probe, (withinMs) => Promise.race([ended, probe.wait(withinMs).then(() => undefined)]));
}
