import { setMaxListeners } from 'node:events';
import { Channel, eachOf } from './channel.js';
import { differs, expectationOf } from './expectation.js';
import { type Choose, Refusal, ScenarioLab } from './lab.js';
import type {
  Authority,
  Check,
  Finding,
  HopRecord,
  Patience,
  Place,
  PlaceRecord,
  Scenario,
  Verdict,
} from './model.js';
import { CannotTry, CheckProbe, type Facts } from './probe.js';
import { redact } from './protocol/index.js';

/** Checks of one scenario that run at once; they mostly wait. */
const CHECKS_AT_ONCE = 12;

export interface Task {
  id: string;
  scenario: Scenario;
  /** The checks to try there, by id. */
  checks: Readonly<Record<string, Check>>;
}

export interface RunnerOptions {
  authority: Authority;
  choose: Choose;
  signal: AbortSignal;
  /** Scenarios at once. */
  jobs: number;
  /** For one check. */
  timeoutMs: number;
  /** How often a check that differs is tried again. */
  retries: number;
  patience: Patience;
  /** Record the segments between hops; true when absent. */
  taps?: boolean;
  /** A user's own server, instead of the scenarios' origins. */
  origin?: string;
  /** Takes over a lab with its place, instead of its being unwound. */
  keep?: (scenario: string, lab: ScenarioLab, place: Place) => void;
}

export type RunEvent =
  | { type: 'opened' | 'closed'; scenario: string; place: PlaceRecord }
  | { type: 'finding'; finding: Finding }
  /** Something of a scenario's could not be stopped or removed. */
  | { type: 'trouble'; scenario: string; message: string };

/** Runs the tasks, overlapping their waits, and yields what becomes known as it does. */
export async function* run(tasks: readonly Task[], options: RunnerOptions): AsyncGenerator<RunEvent> {
  // Everything that waits listens to it.
  setMaxListeners(0, options.signal);
  await prepare(tasks);
  const channel = new Channel<RunEvent>();
  const began = performance.now();
  void eachOf(tasks, options.jobs, options.signal, (task) => runTask(task, options, began, channel)).then(
    () => channel.close(),
    (fault: unknown) => channel.close(fault),
  );
  yield* channel;
}

/** Loading a large module holds up everything else, so it is done while nothing is measured. */
async function prepare(tasks: readonly Task[]): Promise<void> {
  const programs = new Set(tasks.flatMap(({ scenario }) => [scenario.origin, ...scenario.via]));
  // What cannot be loaded is said by the scenario that needs it.
  await Promise.allSettled([...programs].map((program) => program.prepare?.()));
}

async function runTask(
  task: Task,
  options: RunnerOptions,
  began: number,
  out: Channel<RunEvent>,
): Promise<void> {
  const alone = Object.entries(task.checks).filter(([, check]) => check.alone);
  const together = Object.entries(task.checks).filter(([, check]) => !check.alone);
  const groups = [...(together.length > 0 ? [together] : []), ...alone.map((entry) => [entry])];
  await eachOf(groups, 3, options.signal, (group) => runGroup(task, group, options, began, out));
}

/** Opens the place, tries these checks there, and unwinds it. */
async function runGroup(
  task: Task,
  checks: readonly (readonly [string, Check])[],
  options: RunnerOptions,
  began: number,
  out: Channel<RunEvent>,
): Promise<void> {
  const lab = new ScenarioLab(options);
  const tell = (id: string, verdict: Said, ms = 0, evidence: Finding['evidence'] = [], tries = 1) =>
    out.push({ type: 'finding', finding: findingOf(task, id, verdict, ms, evidence, tries) });
  const told = new Set<string>();
  let place: Place | undefined;
  try {
    const { scenario } = task;
    place = await lab.open(options.origin ?? scenario.origin, scenario.via);
    const opened = place;
    out.push({ type: 'opened', scenario: task.id, place: recordOf(task, opened) });
    const death = new AbortController();
    for (const { service } of opened.hops) {
      void service.died.then((why) =>
        death.abort(new Error(`${service.name} ended during the scenario: ${why}`)),
      );
    }
    const hops = recordOf(task, opened).hops;
    const facts: Facts = new Map();
    await eachOf(checks, CHECKS_AT_ONCE, options.signal, async ([id, check]) => {
      for (let tries = 1; ; tries++) {
        const deadline = AbortSignal.timeout(options.timeoutMs);
        const signal = AbortSignal.any([options.signal, death.signal, deadline]);
        setMaxListeners(0, signal);
        const parts = {
          place: opened,
          hops,
          facts,
          signal,
          patience: options.patience,
          authority: options.authority,
        };
        const client = scenario.client ? { client: scenario.client } : {};
        const probe = new CheckProbe({ ...parts, ...client, alone: check.alone === true });
        const since = performance.now();
        let said = await tryCheck(check, probe, signal);
        if (death.signal.aborted)
          said = { outcome: 'error', message: (death.signal.reason as Error).message };
        else if (options.signal.aborted) return;
        else if (deadline.aborted) {
          said = { outcome: 'error', message: `not finished within ${options.timeoutMs} ms` };
        }
        const ms = performance.now() - since;
        if (tries <= options.retries && differs(said.outcome, expectationOf(scenario, id).outcome)) continue;
        const evidence = await probe.evidence();
        const shown = evidence.map((entry) => ({ ...entry, at: entry.at - began }));
        tell(id, said, ms, shown, tries);
        told.add(id);
        return;
      }
    });
  } catch (fault) {
    if (options.signal.aborted) return;
    const refused = fault instanceof Refusal;
    for (const [id] of checks) {
      if (told.has(id)) continue;
      tell(id, { outcome: refused ? 'skip' : 'error', message: (fault as Error).message });
    }
  } finally {
    if (place) out.push({ type: 'closed', scenario: task.id, place: recordOf(task, place) });
    if (options.keep && place) options.keep(task.id, lab, place);
    else await unwind(lab, task.id, out);
  }
}

async function unwind(lab: ScenarioLab, scenario: string, out: Channel<RunEvent>): Promise<void> {
  try {
    await lab[Symbol.asyncDispose]();
  } catch (fault) {
    out.push({ type: 'trouble', scenario, message: (fault as Error).message });
  }
}

/** A verdict, or the harness's own word for not being able to tell. */
type Said = Omit<Verdict, 'outcome'> & { outcome: Finding['outcome'] };

async function tryCheck(check: Check, probe: CheckProbe, signal: AbortSignal): Promise<Said> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    return await Promise.race([check.run(probe), aborted]);
  } catch (fault) {
    if (fault instanceof CannotTry) return { outcome: 'skip', message: fault.message };
    return { outcome: 'error', message: `the check failed: ${(fault as Error).message}` };
  } finally {
    await probe[Symbol.asyncDispose]();
  }
}

function findingOf(
  task: Task,
  check: string,
  said: Said,
  ms: number,
  evidence: Finding['evidence'],
  tries: number,
): Finding {
  const { outcome: expected, because } = expectationOf(task.scenario, check);
  const { outcome, message, expected: expectedText, actual: actualText, measured, blame } = said;
  return {
    id: `${task.id} › ${check}`,
    check,
    scenario: task.id,
    outcome,
    expected,
    ...(because && { because }),
    differs: differs(outcome, expected),
    message: redact(message),
    ...(expectedText !== undefined && { expectedText: redact(expectedText) }),
    ...(actualText !== undefined && { actualText: redact(actualText) }),
    ...(measured && { measured }),
    ...(blame !== undefined && { blame }),
    evidence: evidence.map(redacted),
    startedAt: new Date(Date.now() - ms).toISOString(),
    ms: Math.round(ms * 1000) / 1000,
    ...(tries > 1 && { tries }),
  };
}

function redacted(entry: Finding['evidence'][number]): Finding['evidence'][number] {
  const { bytes } = entry;
  const text = bytes === undefined ? undefined : Buffer.from(bytes, 'base64').toString('latin1');
  const clean = text === undefined ? undefined : redact(text);
  return {
    ...entry,
    at: Math.round(entry.at * 1000) / 1000,
    text: redact(entry.text),
    ...(clean !== undefined && clean !== text && { bytes: Buffer.from(clean, 'latin1').toString('base64') }),
  };
}

function recordOf(task: Task, place: Place): PlaceRecord {
  const between = place.hops.map(({ intermediary, service }): HopRecord => {
    const log = service.logs();
    return {
      role: intermediary.role,
      name: service.name,
      runtime: service.runtime,
      ...(intermediary.title && { title: intermediary.title }),
      ...(service.version && { version: service.version }),
      ...(intermediary.standIn && { standIn: true }),
      ...(Object.keys(service.files).length > 0 && { files: service.files }),
      ...(log && { log: redact(log.slice(-8192)) }),
    };
  });
  const { origin } = task.scenario;
  const client: HopRecord = { role: 'client', name: 'client' };
  const far: HopRecord = place.origin
    ? {
        role: 'origin',
        name: 'origin',
        ...(origin.title && { title: origin.title }),
        runtime: place.origin.runtime,
      }
    : { role: 'origin', name: 'origin', title: redact(place.route.url) };
  return { title: task.scenario.title, hops: [client, ...between, far] };
}
