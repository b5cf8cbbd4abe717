import type {
  CheckMeta,
  Evidence,
  Finding,
  HopChange,
  HopRecord,
  Kind,
  Run,
  RunComparison,
} from '../../harness/model.js';
import { facts } from '../common/audit.js';
import { kindOf, severityOf } from '../common/severity.js';
import { type State, stateOf, states } from '../common/state.js';
import { byScenario, lookUp, topicOf, topics, verdict } from '../common/summary.js';
import { visible } from '../common/text.js';
import { type Latency, latencyOf } from './latency.js';

export interface ShownHop extends Omit<HopRecord, 'files' | 'log'> {}

export interface ShownFinding extends Omit<Finding, 'evidence' | 'changes'> {
  state: State;
  topic: string;
  /** What the check finds when it fails. */
  kind: Kind;
  /** Its place among the findings of its scenario. */
  index: number;
}

/** What the page needs from the start. Ids stand in addresses, so nothing unseen is left in them. */
export interface Index
  extends Pick<Run, 'tool' | 'startedAt' | 'durationMs' | 'environment' | 'shard' | 'partial'> {
  verdict: string;
  /** Worst first. */
  states: { id: State; glyph: string; word: string; means: string }[];
  topics: string[];
  checks: (Partial<CheckMeta> & { id: string })[];
  scenarios: { id: string; title: string; hops: ShownHop[]; capture?: string; latency: Latency }[];
  findings: ShownFinding[];
  comparison?: RunComparison;
  /** Of an audit: what is told beside its findings, name and words. */
  audit?: [name: string, words: string][];
}

/** What is large, by scenario; read when that scenario is looked at. */
export interface Detail {
  /** By hop. */
  hops: Pick<HopRecord, 'files' | 'log'>[];
  /** By finding. */
  evidence: (readonly Evidence[])[];
  changes: (readonly HopChange[])[];
}

export function indexOf(run: Run): Index {
  const groups = byScenario(run);
  const { tool, startedAt, durationMs, environment, shard, partial, comparison } = run;
  return {
    tool,
    startedAt,
    durationMs,
    environment,
    ...(shard && { shard }),
    ...(partial && { partial }),
    ...(comparison && { comparison: shownComparison(comparison) }),
    ...(run.audit && { audit: facts(run.audit) }),
    verdict: verdict(run),
    states: (Object.keys(states) as State[]).map((id) => ({ id, ...states[id] })),
    topics: topics(run),
    checks: [...new Set(run.findings.map(({ check }) => check))].map((id) => ({
      ...lookUp(run.checks, id),
      id: visible(id),
    })),
    scenarios: [...groups].map(([id, findings]) => {
      const place = lookUp(run.places, id);
      const hops = (place?.hops ?? []).map(({ files: _files, log: _log, ...hop }) => hop);
      return {
        id: visible(id),
        title: place?.title ?? id,
        hops,
        ...(place?.capture !== undefined && { capture: place.capture }),
        latency: latencyOf(findings),
      };
    }),
    findings: [...groups.values()].flatMap((findings) =>
      findings.map(({ evidence: _evidence, changes: _changes, ...finding }, index) => ({
        ...finding,
        ...severityIn(run, finding),
        id: visible(finding.id),
        check: visible(finding.check),
        scenario: visible(finding.scenario),
        state: stateOf({ ...finding, evidence: [] }),
        topic: topicOf(finding.check),
        kind: kindOf(lookUp(run.checks, finding.check)),
        index,
      })),
    ),
  };
}

/** The finding's own severity, or its check's. */
function severityIn(run: Run, finding: Omit<Finding, 'evidence'>): Pick<Finding, 'severity'> {
  const severity = severityOf(run, { ...finding, evidence: [] });
  return severity ? { severity } : {};
}

/** Ids as the findings of the index have them. */
function shownComparison({
  startedAt,
  slower,
  skippedBefore,
  worse,
  was,
  ...ids
}: RunComparison): RunComparison {
  const shown = (list: readonly string[]) => list.map(visible);
  return {
    startedAt,
    new: shown(ids.new),
    fixed: shown(ids.fixed),
    still: shown(ids.still),
    gone: shown(ids.gone),
    ...(slower && { slower: shown(slower) }),
    ...(worse && { worse: shown(worse) }),
    ...(skippedBefore && { skippedBefore: shown(skippedBefore) }),
    ...(was && { was: Object.fromEntries(Object.entries(was).map(([id, how]) => [visible(id), how])) }),
  };
}

/** In the order of the index's scenarios. */
export function detailsOf(run: Run): Detail[] {
  return [...byScenario(run)].map(([id, findings]) => ({
    hops: (lookUp(run.places, id)?.hops ?? []).map(({ files, log }) => ({
      ...(files && { files }),
      ...(log && { log }),
    })),
    evidence: findings.map(({ evidence }) => evidence),
    changes: findings.map(({ changes }) => changes ?? []),
  }));
}
