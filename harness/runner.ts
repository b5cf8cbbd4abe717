import { setMaxListeners } from 'node:events';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import { Channel, eachOf } from './channel.js';
import { type Choose, Refusal, ScenarioLab, type TappedPlace } from './lab.js';
import type { Authority, Check, Endpoint, Finding, Patience, Place, PlaceRecord, Scenario } from './model.js';
import type { Traffic } from './probe/meter.js';
import { attend, reached } from './runner/attend.js';
import { Crowd } from './runner/crowd.js';
import { findingOf } from './runner/finding.js';
import { gently } from './runner/gently.js';
import { type Group, groupsOf } from './runner/groups.js';
import { recordOf } from './runner/place-record.js';
import { Sentinel } from './runner/sentinel.js';
import { type Stand, type Trial, tryOften } from './runner/trial.js';

/** Checks of one scenario that run at once; they mostly wait. */
const CHECKS_AT_ONCE = 12;
const SETTLE_MS = 60;

export interface Task {
  id: string;
  scenario: Scenario;
  /** The checks to try there, by id. */
  checks: Readonly<Record<string, Check>>;
  /** A running server that is judged instead of the scenario's origin: gently, and within budgets. */
  endpoint?: Endpoint;
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
  /** Watches over it; made where it is not given. */
  sentinel?: Sentinel;
  /** What all checks of endpoints may have open at once, and where what they used is counted. */
  connections?: number;
  traffic?: Traffic;
  /** Takes over a lab with its place, instead of its being unwound. */
  keep?: (scenario: string, lab: ScenarioLab, place: Place) => void;
  /** Has every segment of every place recorded; called once for each scenario. */
  capture?: (scenario: string) => Recording;
}

/** Takes what crosses the places of one scenario. */
export interface Recording {
  /** Takes lines of an NSS key log. */
  keyLog(lines: Uint8Array): void;
  /** A place is over, or is left up; `checks` tells by the token in a request target which check it is of. */
  take(taps: TappedPlace['taps'], place: PlaceRecord, checks: ReadonlyMap<string, string>): void;
  /** All places are over. Gives where it went, if anywhere; why it cannot is thrown as a sentence. */
  write(): Promise<string | undefined>;
}

export type RunEvent =
  | { type: 'opened' | 'closed'; scenario: string; place: PlaceRecord }
  | { type: 'finding'; finding: Finding }
  | { type: 'captured'; scenario: string; capture: string }
  /** Something of a scenario's could not be stopped or removed. */
  | { type: 'trouble'; scenario: string; message: string };

/** Runs the tasks, overlapping their waits, and yields what becomes known as it does. */
export async function* run(tasks: readonly Task[], options: RunnerOptions): AsyncGenerator<RunEvent> {
  // Everything that waits listens to it.
  setMaxListeners(0, options.signal);
  await prepare(tasks);
  const channel = new Channel<RunEvent>();
  const began = performance.now();
  const stage: Stage = { options: watchful(options), began, out: channel, windingUp: [] };
  void eachOf(tasks, options.jobs, options.signal, (task) => runTask(task, stage))
    .finally(() => Promise.all(stage.windingUp))
    .then(
      () => channel.close(),
      (fault: unknown) => channel.close(fault),
    );
  yield* channel;
}

function watchful(options: RunnerOptions): RunnerOptions {
  const { origin, patience, signal } = options;
  if (origin === undefined) return options;
  return { sentinel: new Sentinel(origin, patience.answerMs, signal), ...options };
}

/** Loading a large module holds up everything else, so it is done while nothing is measured. */
async function prepare(tasks: readonly Task[]): Promise<void> {
  const programs = new Set(tasks.flatMap(({ scenario }) => [scenario.origin, ...scenario.via]));
  // What cannot be loaded is said by the scenario that needs it.
  await Promise.allSettled([...programs].map((program) => program.prepare?.()));
}

/** What the tasks of a run share. */
interface Stage {
  options: RunnerOptions;
  began: number;
  out: Channel<RunEvent>;
  /** Scenarios that are over. Programs take their time to stop, and no other scenario waits for it. */
  windingUp: Promise<void>[];
}

async function runTask(task: Task, stage: Stage): Promise<void> {
  const { options, out, windingUp } = stage;
  const recording = options.capture?.(task.id);
  const groups = groupsOf(task, isRecorded(task, options));
  const opening: Opening = { unwinding: [], ...(recording && { recording }) };
  await eachOf(groups, 3, options.signal, (group) => runGroup(task, opening, group, stage));
  windingUp.push(windUp(task, opening, out));
}

const isRecorded = ({ scenario }: Task, { taps, origin, capture }: RunnerOptions): boolean =>
  taps !== false &&
  (capture !== undefined || origin !== undefined || scenario.via.length > (scenario.client ? 0 : 1));

/** Once everything has stopped, nothing is added to the recording any more. */
async function windUp(task: Task, { recording, unwinding }: Opening, out: Channel<RunEvent>): Promise<void> {
  await Promise.all(unwinding);
  try {
    const capture = await recording?.write();
    if (capture !== undefined) out.push({ type: 'captured', scenario: task.id, capture });
  } catch (fault) {
    out.push({ type: 'trouble', scenario: task.id, message: (fault as Error).message });
  }
}

/** What is shared by the openings of one scenario's place. */
interface Opening {
  /** Why it could not be opened: what is wrong with it is said once. */
  failed?: Error;
  recording?: Recording;
  unwinding: Promise<void>[];
}

/** Opens the place, tries these checks there, and lets go of it. */
async function runGroup(
  task: Task,
  opening: Opening,
  checks: Group,
  { options, began, out }: Stage,
): Promise<void> {
  const { id: scenario } = task;
  const bare = checks.some(([, check]) => check.bare);
  const recording = bare ? undefined : opening.recording;
  const lab = new ScenarioLab({
    ...options,
    ...(bare && { taps: false }),
    ...(task.scenario.client && { foreignClient: true }),
    ...(recording && { everySegment: true, keyLog: (lines: Uint8Array) => recording.keyLog(lines) }),
  });
  const checkOf = new Map<string, string>();
  const told = new Set<string>();
  const tell = (id: string, trial: Trial) => {
    if (told.has(id)) return;
    told.add(id);
    for (const { of } of trial.evidence) if (of !== undefined) checkOf.set(of, id);
    const evidence = trial.evidence.map((entry) => ({ ...entry, at: entry.at - began }));
    out.push({ type: 'finding', finding: findingOf(task, id, { ...trial, evidence }) });
  };
  let place: TappedPlace | undefined;
  try {
    const { origin, via } = task.scenario;
    place = reached(await lab.open(task.endpoint?.url ?? options.origin ?? origin, via), task.endpoint);
    const opened = recordOf(task.scenario, place);
    out.push({ type: 'opened', scenario, place: opened });
    const stand: Stand = {
      scenario: task.scenario,
      place,
      hops: opened.hops,
      facts: new Map(),
      died: deathIn(place),
      options,
    };
    if (task.endpoint) attend(stand, task.endpoint.target);
    const crowd = new Crowd(stand.facts);
    const attempt = async ([id, check]: readonly [string, Check], beside = false) => {
      const trial = crowd.begin(id) ?? (await tryOften(stand, id, check));
      if (trial && beside && (await crowd.putsOff(id, trial))) return false;
      if (trial) tell(id, crowd.telling(id, trial));
      return true;
    };
    if (!task.endpoint)
      await eachOf(checks, CHECKS_AT_ONCE, options.signal, async (entry) => void (await attempt(entry)));
    else await gently(checks, options, attempt);
  } catch (fault) {
    if (options.signal.aborted) return;
    if (!place) opening.failed ??= fault as Error;
    const why = place ? (fault as Error) : opening.failed!;
    const said = { outcome: why instanceof Refusal ? 'skip' : 'error', message: why.message } as const;
    for (const [id] of checks) tell(id, { said, ms: 0, evidence: [], tries: 1 });
  } finally {
    const closed = place && recordOf(task.scenario, place);
    if (closed) out.push({ type: 'closed', scenario, place: closed });
    const record = () => place && closed && recording?.take(place.taps, closed, checkOf);
    if (options.keep && place) {
      options.keep(scenario, lab, place);
      record();
    } else {
      opening.unwinding.push(
        settled(recording)
          .then(() => unwind(lab, scenario, out))
          .then(record),
      );
    }
  }
}

/** Ends that are on their way when the last check is over belong into a recording. */
async function settled(recording?: Recording): Promise<void> {
  if (!recording) return;
  await sleep(SETTLE_MS);
  // After a process was held up, timers come before what there is to read.
  await immediate();
}

/** Aborted when a hop ends without being asked to, with a sentence. */
function deathIn({ hops }: Place): AbortSignal {
  const death = new AbortController();
  for (const { service } of hops) {
    void service.died.then((why) =>
      death.abort(new Error(`${service.name} ended during the scenario: ${why}`)),
    );
  }
  return death.signal;
}

async function unwind(lab: ScenarioLab, scenario: string, out: Channel<RunEvent>): Promise<void> {
  try {
    await lab[Symbol.asyncDispose]();
  } catch (fault) {
    out.push({ type: 'trouble', scenario, message: (fault as Error).message });
  }
}
