import { arch, platform, release } from 'node:os';
import type { Check, CheckMeta, Finding, HopRecord, PlaceRecord, Run } from './model.js';
import type { RunEvent, Task } from './runner.js';

const MOST_LOG = 16 * 1024;

/** Gathers what a run yields into its record. Nothing about who runs it, or where, goes in. */
export class Collector {
  readonly #tasks: readonly Task[];
  readonly #tool: Run['tool'];
  readonly #began = performance.now();
  readonly #startedAt = new Date().toISOString();
  readonly #places = new Map<string, PlaceRecord>();
  readonly #captures = new Map<string, string>();
  readonly #findings: Finding[] = [];
  /** Added to what the record says of the environment: versions of what carried programs. */
  readonly environment: Record<string, string> = {};

  constructor(tasks: readonly Task[], tool: Run['tool']) {
    this.#tasks = tasks;
    this.#tool = tool;
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  get places(): ReadonlyMap<string, PlaceRecord> {
    return this.#places;
  }

  take(event: RunEvent): void {
    if (event.type === 'finding') this.#findings.push(event.finding);
    else if (event.type === 'closed') this.#closed(event.scenario, event.place);
    else if (event.type === 'captured') this.#captures.set(event.scenario, event.capture);
    else if (event.type === 'opened' && !this.#places.has(event.scenario))
      this.#places.set(event.scenario, withoutLogs(event.place));
  }

  /** The record as things stand; `partial` when the run was cut short. Findings are in the order of the tasks. */
  run(partial = false): Run {
    const met = new Set(this.#findings.map(({ scenario }) => scenario));
    const tasks = this.#tasks.filter(({ id }) => met.has(id) || this.#places.has(id));
    return {
      version: 1,
      tool: this.#tool,
      startedAt: this.#startedAt,
      durationMs: Math.round(performance.now() - this.#began),
      environment: {
        node: process.versions.node,
        os: `${platform()} ${release()} ${arch()}`,
        ...this.environment,
      },
      ...(partial && { partial }),
      checks: checksOf(tasks),
      places: Object.fromEntries(tasks.map((task) => [task.id, this.#placeOf(task)])),
      findings: tasks.flatMap((task) =>
        Object.keys(task.checks).flatMap((check) =>
          this.#findings.filter((finding) => finding.scenario === task.id && finding.check === check),
        ),
      ),
    };
  }

  #placeOf(task: Task): PlaceRecord {
    const capture = this.#captures.get(task.id);
    return { ...(this.#places.get(task.id) ?? planned(task)), ...(capture !== undefined && { capture }) };
  }

  /** A scenario's place is opened once more for each check that is alone: their logs follow one another. */
  #closed(scenario: string, place: PlaceRecord): void {
    const before = this.#places.get(scenario)?.hops ?? [];
    const hops = place.hops.map((hop, i): HopRecord => {
      const log = ((before[i]?.log ?? '') + (hop.log ?? '')).slice(-MOST_LOG);
      return log === '' ? hop : { ...hop, log };
    });
    this.#places.set(scenario, { ...place, hops });
  }
}

function withoutLogs(place: PlaceRecord): PlaceRecord {
  return { ...place, hops: place.hops.map(({ log: _, ...hop }) => hop) };
}

/** A place that was never opened, as its scenario describes it. */
function planned({ scenario }: Task): PlaceRecord {
  const { title, origin, via } = scenario;
  const hops = via.map(
    (hop): HopRecord => ({
      role: hop.role,
      name: hop.name,
      ...(hop.title && { title: hop.title }),
      ...(hop.standIn && { standIn: true }),
    }),
  );
  const far: HopRecord = { role: 'origin', name: 'origin', ...(origin.title && { title: origin.title }) };
  return { title, hops: [{ role: 'client', name: 'client' }, ...hops, far] };
}

function checksOf(tasks: readonly Task[]): Record<string, CheckMeta> {
  const all = tasks.flatMap(({ checks }) => Object.entries(checks));
  return Object.fromEntries(all.map(([id, check]) => [id, metaOf(check)]));
}

/** What is said of a check, without the check itself. */
export function metaOf(check: Check): CheckMeta {
  const { title, requirement, severity, refs, why, remedy, cwe, kind, fixes, reach } = check;
  const { budget, patient, alone, bare, judges } = check;
  return {
    title,
    requirement,
    severity,
    refs,
    ...(why && { why }),
    ...(remedy && { remedy }),
    ...(cwe && { cwe }),
    ...(kind && { kind }),
    ...(fixes && { fixes }),
    ...(reach && { reach }),
    ...(budget && { budget }),
    ...(patient && { patient }),
    ...(alone && { alone }),
    ...(bare && { bare }),
    ...(judges && { judges }),
  };
}
