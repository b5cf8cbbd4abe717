import type { CheckMeta, Evidence, Finding, HopRecord, Run } from '../../harness/model.js';
import { type State, stateOf, states } from '../shared/state.js';
import { byScenario, lookUp, topicOf, topics, verdict } from '../shared/summary.js';
import { visible } from '../shared/text.js';

export interface ShownHop extends Omit<HopRecord, 'files' | 'log'> {}

export interface ShownFinding extends Omit<Finding, 'evidence'> {
  state: State;
  topic: string;
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
  scenarios: { id: string; title: string; hops: ShownHop[] }[];
  findings: ShownFinding[];
}

/** What is large, by scenario; read when that scenario is looked at. */
export interface Detail {
  /** By hop. */
  hops: Pick<HopRecord, 'files' | 'log'>[];
  /** By finding. */
  evidence: (readonly Evidence[])[];
}

export function indexOf(run: Run): Index {
  const groups = byScenario(run);
  const { tool, startedAt, durationMs, environment, shard, partial } = run;
  return {
    tool,
    startedAt,
    durationMs,
    environment,
    ...(shard && { shard }),
    ...(partial && { partial }),
    verdict: verdict(run),
    states: (Object.keys(states) as State[]).map((id) => ({ id, ...states[id] })),
    topics: topics(run),
    checks: [...new Set(run.findings.map(({ check }) => check))].map((id) => ({
      ...lookUp(run.checks, id),
      id: visible(id),
    })),
    scenarios: [...groups.keys()].map((id) => {
      const place = lookUp(run.places, id);
      const hops = (place?.hops ?? []).map(({ files: _files, log: _log, ...hop }) => hop);
      return { id: visible(id), title: place?.title ?? id, hops };
    }),
    findings: [...groups.values()].flatMap((findings) =>
      findings.map(({ evidence: _evidence, ...finding }, index) => ({
        ...finding,
        id: visible(finding.id),
        check: visible(finding.check),
        scenario: visible(finding.scenario),
        state: stateOf({ ...finding, evidence: [] }),
        topic: topicOf(finding.check),
        index,
      })),
    ),
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
  }));
}
