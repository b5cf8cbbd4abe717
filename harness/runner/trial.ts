import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { differs, expectationOf, expectedOf } from '../expectation.js';
import type { TappedPlace } from '../lab.js';
import type { Check, Evidence, Finding, HopChange, HopRecord, Scenario, Target, Verdict } from '../model.js';
import { USUAL } from '../probe/meter.js';
import { CannotTry, CheckProbe, type Facts } from '../probe.js';
import type { RunnerOptions } from '../runner.js';
import { explained } from './explain.js';
import type { Watch } from './watch.js';

/** A place that is open, and what its checks share. */
export interface Stand {
  scenario: Scenario;
  place: TappedPlace;
  hops: readonly HopRecord[];
  facts: Facts;
  /** Aborted when a hop has died. */
  died: AbortSignal;
  options: RunnerOptions;
  /** How to talk to a server that is not ours. */
  target?: Target;
  /** Watches over its health. */
  watch?: Watch;
}

/** A verdict, or the harness's own word for not being able to tell. */
export type Said = Omit<Verdict, 'outcome'> & { outcome: Finding['outcome'] };

/** What came of trying a check. */
export interface Trial {
  said: Said;
  /** Of the last try. */
  ms: number;
  evidence: readonly Evidence[];
  /** What each hop did, where it was recorded and something broke. */
  changes?: readonly HopChange[];
  /** What the hop to blame did, as a sentence. */
  did?: string;
  tries: number;
}

/** Until the end of a program is told that has ended its connections. */
const DEATH_MS = 150;

const OUTCOMES = new Set<unknown>(['pass', 'fail', 'warn', 'info', 'skip'] satisfies Verdict['outcome'][]);

/** Tries a check until it says what is expected, or as often as it may; undefined where the run was called off. */
export async function tryOften(stand: Stand, id: string, check: Check): Promise<Trial | undefined> {
  const expectation = expectationOf(stand.scenario, id);
  for (let tries = 1; ; tries++) {
    const trial = await tryOnce(stand, id, check);
    if (!trial) return undefined;
    const { outcome } = trial.said;
    const expected = expectedOf(outcome, expectation).outcome;
    if (tries > stand.options.retries || !differs(outcome, expected)) return { ...trial, tries };
  }
}

async function tryOnce(stand: Stand, id: string, check: Check): Promise<Omit<Trial, 'tries'> | undefined> {
  const { scenario, place, hops, facts, died, options, target, watch } = stand;
  const { patience, authority, sentinel, traffic, connections = Number.POSITIVE_INFINITY } = options;
  const wanted = check.budget?.atOnce ?? 0;
  if (target && wanted > connections) {
    const message = `it takes ${wanted} connections at once, and no more than ${connections} are allowed`;
    return { said: { outcome: 'skip', message }, ms: 0, evidence: [] };
  }
  const gone = (await sentinel?.before(id)) ?? (await watch?.before(id, check));
  if (gone !== undefined) return { said: error(gone), ms: 0, evidence: [] };
  const budget = target || check.budget ? { ...USUAL, ...check.budget } : undefined;
  const ownMs = budget
    ? budget.seconds * 1000 + (check.patient ? patience.limitMs : 0)
    : Number.POSITIVE_INFINITY;
  const timeoutMs = target ? ownMs : Math.min(ownMs, options.timeoutMs);
  const deadline = AbortSignal.timeout(timeoutMs);
  const signals = [options.signal, died, deadline, ...(watch ? [watch.lost] : [])];
  const signal = AbortSignal.any(signals);
  setMaxListeners(0, signal);
  const client = scenario.client ? { client: scenario.client } : {};
  const parts = {
    place,
    hops,
    facts,
    signal,
    patience,
    authority,
    ...client,
    ...(target && { target }),
    ...(budget && { budget }),
    ...(traffic && { traffic }),
  };
  const probe = new CheckProbe({ ...parts, alone: check.alone === true });
  const since = performance.now();
  let said = await judge(check, probe, signal);
  const ms = performance.now() - since;
  const late = deadline.aborted;
  const lost = said.outcome === 'pass' || said.outcome === 'info' ? undefined : await lostBy(place, died);
  if (died.aborted) said = error((died.reason as Error).message);
  else if (lost !== undefined) said = error(lost);
  else if (options.signal.aborted) return undefined;
  else if (late) said = error(`not finished within ${timeoutMs} ms`);
  const without = await sentinel?.after(id);
  if (without) said = withoutServer(said, without);
  if (watch) said = await watch.after(id, check, said, (text) => probe.note(text));
  return { ms, ...(await explained(said, probe)) };
}

/**
 * A program's connections end before it is known that it has ended, so that is waited for. One that goes on without a part
 * of itself says so in its logs.
 */
async function lostBy({ hops }: TappedPlace, died: AbortSignal): Promise<string | undefined> {
  const programs = hops.filter(({ service }) => service.runtime !== 'in-process');
  setMaxListeners(0, died);
  if (programs.length > 0 && !died.aborted)
    await sleep(DEATH_MS, undefined, { signal: died }).catch(() => {});
  for (const { intermediary, service } of programs) {
    const line =
      intermediary.crashed &&
      service
        .logs()
        .split('\n')
        .find((one) => intermediary.crashed!.test(one));
    if (line) return `${service.name} lost a part of itself during the scenario: ${line.slice(0, 400)}`;
  }
  return undefined;
}

/** What a check says without its server does not count, but for what the one says that brought it down. */
function withoutServer(said: Said, { why, alone }: { why: string; alone: boolean }): Said {
  if (!alone || (said.outcome !== 'fail' && said.outcome !== 'warn')) return error(why);
  const { message, actual } = said;
  const after = (text: string) => `${text}; and the server does not answer any more`;
  return { ...said, message: after(message), ...(actual !== undefined && { actual: after(actual) }) };
}

async function judge(check: Check, probe: CheckProbe, signal: AbortSignal): Promise<Said> {
  let said: Said;
  try {
    said = await verdictOf(check, probe, signal);
  } catch (fault) {
    const { message } = fault as Error;
    said = fault instanceof CannotTry ? { outcome: 'skip', message } : error(`the check failed: ${message}`);
  }
  try {
    await probe[Symbol.asyncDispose]();
  } catch (fault) {
    return error(`what the check opened could not be closed: ${(fault as Error).message}`);
  }
  return said;
}

async function verdictOf(check: Check, probe: CheckProbe, signal: AbortSignal): Promise<Said> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  const verdict: Partial<Verdict> | undefined = await Promise.race([check.run(probe), aborted]);
  if (!OUTCOMES.has(verdict?.outcome) || typeof verdict?.message !== 'string') {
    return error('the check gave no verdict: it has to return what pass, fail, warn, info or skip make');
  }
  return verdict as Verdict;
}

const error = (message: string): Said => ({ outcome: 'error', message });
