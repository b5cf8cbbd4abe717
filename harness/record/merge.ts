import { isDeepStrictEqual } from 'node:util';
import type { AuditRecord, Finding, PlaceRecord, Run } from '../model.js';
import { RunFileError } from './error.js';

export interface Merged {
  run: Run;
  /** Numbers of the shards that were not among the runs; the run is then `partial`. */
  missing: readonly number[];
}

/**
 * Joins the runs of one matrix: shards of a run, or runs of different scenarios.
 * @throws {RunFileError} when two of them found the same thing, or do not belong together.
 */
export function merge(runs: readonly Run[]): Merged {
  if (runs.length === 0) throw new RunFileError('there is no run to merge');
  const ordered = [...runs].sort((a, b) => (a.shard?.index ?? 0) - (b.shard?.index ?? 0));
  const missing = missingShards(ordered);
  refuseDuplicates(ordered.flatMap((run) => run.findings));
  const start = Math.min(...ordered.map(began));
  const end = Math.max(...ordered.map((run) => began(run) + run.durationMs));
  const run: Run = {
    version: 1,
    tool: sameTool(ordered),
    startedAt: new Date(start).toISOString(),
    durationMs: end - start,
    environment: joinTexts(ordered.map((each) => each.environment)),
    ...((missing.length > 0 || ordered.some((each) => each.partial)) && { partial: true }),
    checks: join(
      ordered.map((each) => each.checks),
      isDeepStrictEqual,
      'check',
    ),
    places: join(
      ordered.map((each) => each.places),
      samePath,
      'scenario',
    ),
    findings: ordered.flatMap((each) => each.findings.map((finding) => later(finding, began(each) - start))),
    ...joinAudits(ordered.flatMap((each) => each.audit ?? [])),
  };
  return { run, missing };
}

const began = (run: Run) => Date.parse(run.startedAt);

function sameTool(runs: readonly Run[]): Run['tool'] {
  const versions = [...new Set(runs.map(({ tool }) => `${tool.name} ${tool.version}`))];
  if (versions.length > 1)
    throw new RunFileError(`the runs come from different tools (${versions.join(', ')}); make them with one`);
  return runs[0]!.tool;
}

function missingShards(runs: readonly Run[]): number[] {
  const shards = runs.flatMap((run) => run.shard ?? []);
  const sizes = [...new Set(shards.map(({ of }) => of))];
  if (sizes.length > 1)
    throw new RunFileError(
      `the shards are of different runs: of ${sizes.join(', of ')}; merge those of one run`,
    );
  const present = shards.map(({ index }) => index);
  const twice = present.find((index, i) => present.indexOf(index) !== i);
  if (twice !== undefined)
    throw new RunFileError(`shard ${twice}/${sizes[0]} is there twice; give each once`);
  return Array.from({ length: sizes[0] ?? 0 }, (_, i) => i + 1).filter((index) => !present.includes(index));
}

function refuseDuplicates(findings: readonly Finding[]): void {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of findings) (seen.has(id) ? twice : seen).add(id);
  if (twice.size === 0) return;
  const named = [...twice].slice(0, 3).join(', ');
  const more = twice.size > 3 ? ` and ${twice.size - 3} more` : '';
  throw new RunFileError(`found in more than one run: ${named}${more}; merge runs of different scenarios`);
}

/** Evidence counts from the start of its run; in the joined run that is later. */
function later(finding: Finding, byMs: number): Finding {
  if (byMs === 0) return finding;
  const moved = (at: number) => Math.round((at + byMs) * 1000) / 1000;
  return { ...finding, evidence: finding.evidence.map((each) => ({ ...each, at: moved(each.at) })) };
}

/** Files and logs name ports and times, which differ from run to run; what stands where may not. */
function samePath(a: PlaceRecord, b: PlaceRecord): boolean {
  const path = (place: PlaceRecord) =>
    place.hops.map(({ role, name, version, runtime }) => [role, name, version, runtime]);
  return isDeepStrictEqual(path(a), path(b));
}

function join<T>(
  maps: readonly Readonly<Record<string, T>>[],
  same: (a: T, b: T) => boolean,
  what: string,
): Record<string, T> {
  const joined = new Map<string, T>();
  for (const [id, value] of maps.flatMap((map) => Object.entries(map))) {
    const known = joined.get(id);
    if (known !== undefined && !same(known, value))
      throw new RunFileError(
        `the runs do not agree on ${what} ${id}; make them with one version, on one set-up`,
      );
    if (known === undefined) joined.set(id, value);
  }
  return Object.fromEntries(joined);
}

/** Parts of the audit of one endpoint; there is room for no more than one. */
function joinAudits(audits: readonly AuditRecord[]): Pick<Run, 'audit'> {
  const [first] = audits;
  if (!first) return {};
  const odd = audits.find(({ url, profile }) => url !== first.url || profile !== first.profile);
  if (odd)
    throw new RunFileError(
      `the runs are different audits (${first.url}, ${first.profile}; ${odd.url}, ${odd.profile}); keep their records apart`,
    );
  const all = audits.flatMap(({ traffic }) => traffic ?? []);
  if (all.length === 0) return { audit: first };
  const traffic = {
    connections: all.reduce((sum, { connections }) => sum + connections, 0),
    mostAtOnce: Math.max(...all.map(({ mostAtOnce }) => mostAtOnce)),
    octetsSent: all.reduce((sum, { octetsSent }) => sum + octetsSent, 0),
  };
  return { audit: { ...first, traffic } };
}

function joinTexts(maps: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const joined = new Map<string, Set<string>>();
  for (const [key, value] of maps.flatMap((map) => Object.entries(map)))
    joined.set(key, (joined.get(key) ?? new Set()).add(value));
  return Object.fromEntries([...joined].map(([key, values]) => [key, [...values].join('; ')]));
}
