import { setMaxListeners } from 'node:events';
import { differs, expectationOf } from '../expectation.js';
import type { TappedPlace } from '../lab.js';
import type { Check, Evidence, Finding, HopChange, HopRecord, Scenario, Verdict } from '../model.js';
import { CannotTry, CheckProbe, type Facts } from '../probe.js';
import type { RunnerOptions } from '../runner.js';
import { explained } from './explain.js';

/** A place that is open, and what its checks share. */
export interface Stand {
  scenario: Scenario;
  place: TappedPlace;
  hops: readonly HopRecord[];
  facts: Facts;
  /** Aborted when a hop has died. */
  died: AbortSignal;
  options: RunnerOptions;
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

const OUTCOMES = new Set<unknown>(['pass', 'fail', 'warn', 'info', 'skip'] satisfies Verdict['outcome'][]);

/** Tries a check until it says what is expected, or as often as it may; undefined where the run was called off. */
export async function tryOften(stand: Stand, id: string, check: Check): Promise<Trial | undefined> {
  const expected = expectationOf(stand.scenario, id).outcome;
  for (let tries = 1; ; tries++) {
    const trial = await tryOnce(stand, check);
    if (!trial) return undefined;
    if (tries > stand.options.retries || !differs(trial.said.outcome, expected)) return { ...trial, tries };
  }
}

async function tryOnce(stand: Stand, check: Check): Promise<Omit<Trial, 'tries'> | undefined> {
  const { scenario, place, hops, facts, died, options } = stand;
  const { patience, authority, timeoutMs } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([options.signal, died, deadline]);
  setMaxListeners(0, signal);
  const client = scenario.client ? { client: scenario.client } : {};
  const parts = { place, hops, facts, signal, patience, authority, ...client };
  const probe = new CheckProbe({ ...parts, alone: check.alone === true });
  const since = performance.now();
  let said = await judge(check, probe, signal);
  if (died.aborted) said = error((died.reason as Error).message);
  else if (options.signal.aborted) return undefined;
  else if (deadline.aborted) said = error(`not finished within ${timeoutMs} ms`);
  const ms = performance.now() - since;
  return { ms, ...(await explained(said, probe)) };
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
