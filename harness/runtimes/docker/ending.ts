import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Engine, reason } from './engine.js';

const OUTPUT_MS = 300;

/**
 * How a container ended, as the end of a sentence, once all that it said is there. Also when the engine itself is
 * lost. Never rejects; never settles once the signal was given.
 */
export async function howItEnds(
  engine: Engine,
  id: string,
  said: Promise<void>,
  signal: AbortSignal,
): Promise<string> {
  const never = new Promise<never>(() => {});
  const told = engine.following
    .getContainer(id)
    .wait({ abortSignal: signal })
    .then(
      async ({ StatusCode }: { StatusCode: number }) => {
        await Promise.race([said, sleep(OUTPUT_MS)]);
        return exit(StatusCode);
      },
      () => never,
    );
  // An engine that goes away in the middle of its answer to `wait` leaves that open for ever.
  const asked = said.then(async () => {
    if (signal.aborted) return never;
    try {
      const { State } = await engine.call(
        'looking after a container',
        engine.docker.getContainer(id).inspect(),
      );
      return State.Running ? never : exit(State.ExitCode);
    } catch (error) {
      return signal.aborted ? never : `was lost: ${reason(error)}`;
    }
  });
  return Promise.race([told, asked]);
}

function exit(code: number): string {
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  return signal ? `was killed by ${signal}` : `ended with exit code ${code}`;
}
