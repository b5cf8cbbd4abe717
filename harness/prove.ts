import type { Finding, PlaceRecord, Remedy } from './model.js';
import type { Help } from './remedies.js';
import { type RunnerOptions, run, type Task } from './runner.js';

/** A finding and what is to be tried against it. */
export interface Case {
  finding: Finding;
  help: Help;
}

type Proof = NonNullable<Finding['proved']>;

export type ProofEvent =
  /** `id` is the finding's. */
  | { type: 'proved'; id: string; proved: Proof }
  /** Something of a place's could not be stopped or removed. */
  | { type: 'trouble'; scenario: string; message: string };

/** What has to go on working where it did: many a check passes where WebSocket is shut off altogether. */
const CONTROL = 'opening/upgrade';

/** One place with one remedy applied, for all the checks that it is to make pass. */
export interface Trial {
  task: Task;
  remedy: Remedy;
  /** Ids of the findings, by check. */
  of: ReadonlyMap<string, string>;
}

/** The places to open. What cannot be applied is left out. @param findings of the whole run */
export function trialsOf(
  tasks: readonly Task[],
  cases: readonly Case[],
  findings: readonly Finding[],
): Trial[] {
  const groups = new Map<string, Case[]>();
  for (const one of cases) {
    const { remedy, via } = one.help;
    const key = JSON.stringify([one.finding.scenario, remedy.hop, remedy.title, remedy.parts]);
    if (via) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group, i): Trial[] => {
    const { finding, help } = group[0]!;
    const task = tasks.find(({ id }) => id === finding.scenario);
    if (!task || !help.via) return [];
    const { expect: _, ...scenario } = task.scenario;
    const worked = findings.some(
      ({ scenario: where, check, outcome }) => where === task.id && check === CONTROL && outcome === 'pass',
    );
    const wanted = new Set([...group.map((one) => one.finding.check), ...(worked ? [CONTROL] : [])]);
    const checks = Object.fromEntries(Object.entries(task.checks).filter(([id]) => wanted.has(id)));
    return [
      {
        task: { id: `${task.id}, remedy ${i + 1}`, scenario: { ...scenario, via: help.via }, checks },
        remedy: help.remedy,
        of: new Map(group.map((one) => [one.finding.check, one.finding.id])),
      },
    ];
  });
}

/**
 * Tries remedies: opens each place with the hop replaced. A remedy holds where the check passes at the first try, and not
 * for want of an answer; and where the upgrade, if it was accepted before, is accepted still.
 */
export async function* prove(trials: readonly Trial[], options: RunnerOptions): AsyncGenerator<ProofEvent> {
  const byId = new Map(trials.map((trial) => [trial.task.id, { ...trial, waiting: [] as Finding[] }]));
  const places = new Map<string, PlaceRecord>();
  const controls = new Map<string, Finding>();
  // What is left up, and what is captured, is the run's own.
  const { keep: _, capture: __, ...rest } = options;
  const events = run(
    trials.map(({ task }) => task),
    { ...rest, retries: 0 },
  );
  for await (const event of events) {
    if (event.type === 'opened') places.set(event.scenario, event.place);
    if (event.type === 'trouble') yield event;
    if (event.type !== 'finding') continue;
    const { scenario, check } = event.finding;
    const { task, remedy, of, waiting } = byId.get(scenario)!;
    if (check === CONTROL) controls.set(scenario, event.finding);
    waiting.push(event.finding);
    const control = controls.get(scenario);
    if (CONTROL in task.checks && !control) continue;
    for (const found of waiting.splice(0)) {
      const id = of.get(found.check);
      if (id !== undefined)
        yield { type: 'proved', id, proved: proofOf(found, remedy, places.get(scenario), control) };
    }
  }
}

function proofOf(
  { check, outcome, message }: Finding,
  remedy: Remedy,
  place: PlaceRecord | undefined,
  control: Finding | undefined,
): Proof {
  if (outcome === 'skip' || outcome === 'error') return { text: `could not be tried: ${message}` };
  const ran = place?.hops.find(({ name }) => name === remedy.hop);
  const product = ran?.version === undefined ? remedy.hop : `${remedy.hop} ${ran.version}`;
  const on = ran?.runtime === undefined ? product : `${product}, ${ran.runtime}`;
  const does = {
    pass: 'passes',
    fail: 'still fails',
    warn: 'is still worth a look',
    info: 'neither passes nor fails',
  }[outcome];
  const lost = outcome === 'pass' && control && control.outcome !== 'pass' ? control : undefined;
  const but = lost ? `; but ${CONTROL} does not pass any more: ${lost.message}` : '';
  return {
    held: outcome === 'pass' && !lost,
    text: `with \`${gist(remedy)}\` applied, ${check} ${does}: ${message}${but} (${on})`,
  };
}

/** The first of the lines that matter most: what the parts before say prepares for them. */
function gist({ parts }: Remedy): string {
  const lines = parts.at(-1)?.lines ?? [];
  return `${lines[0] ?? ''}${parts.length > 1 || lines.length > 1 ? ' …' : ''}`;
}
