import type { Test } from 'tap';
import { createAuthority } from '../../harness/certificates.js';
import { ScenarioLab } from '../../harness/lab.js';
import type { Intermediary, Origin, Place, Program, Runtime } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import inProcess from '../../harness/runtimes/in-process.js';
import processes from '../../harness/runtimes/process.js';

const authority = createAuthority();
const external = processes();
const embedded = inProcess();
const runtimeOf = (program: Program): Runtime => (program.embed ? embedded : external);

/** An origin and the hops before it, up and running; they end with the test. */
export async function place(
  t: Test,
  via: readonly Intermediary[],
  origin: Origin | string = echo(),
): Promise<Place> {
  const lab = new ScenarioLab({
    authority: await authority,
    choose: async (program) => [runtimeOf(program)],
    signal: new AbortController().signal,
  });
  t.teardown(() => lab[Symbol.asyncDispose]());
  return lab.open(origin, via);
}

/**
 * Options for a test that needs real programs: it is skipped with the reason where one is missing, but with
 * WSGAUNTLET_STRICT=1 it runs, and fails.
 */
export async function needing(
  ...programs: readonly Intermediary[]
): Promise<{ skip?: string; timeout: number }> {
  const timeout = 60_000;
  if (process.env.WSGAUNTLET_STRICT === '1') return { timeout };
  const refusals = await Promise.all(programs.map((program) => runtimeOf(program).refuses(program)));
  const skip = refusals.find((refusal) => refusal !== undefined);
  return skip === undefined ? { timeout } : { skip, timeout };
}
