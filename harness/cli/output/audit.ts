import { byKind, bySeverity, facts, trafficTold } from '../../../reports/common/audit.js';
import { worstFirst } from '../../../reports/common/severity.js';
import { isBad, stateOf, states, tally } from '../../../reports/common/state.js';
import { count, verdict } from '../../../reports/common/summary.js';
import { cut, line } from '../../../reports/common/text.js';
import type { Finding, Run } from '../../model.js';
import { threeLines } from './audit-finding.js';
import { topicTable } from './audit-topics.js';
import { elapsed, since, type Told } from './ending.js';
import { lineOf } from './lines.js';
import { clipped, type Paint } from './paint.js';

const MOST_SHOWN = 50;
const MOST_REASONS = 20;
const MOST_IDS = 3;

export interface AuditTold extends Told {
  /** Ids of what is new or worse since the record of --baseline: nothing else is told in full. */
  only?: ReadonlySet<string>;
  /** What is to be said besides, a line each: of acceptances that count no longer. */
  notes?: readonly string[];
}

/** All that is printed once an audit is over. */
export function auditEnding(run: Run, paint: Paint, told: AuditTold): string[] {
  const { quiet, outcome, written, notes = [] } = told;
  const colour = outcome.code === 0 ? 'green' : outcome.code === 1 ? 'red' : 'magenta';
  const last = `${paint(colour, line(verdict(run)))} ${elapsed(run.durationMs)}`;
  const page = written.find((file) => file.endsWith('index.html')) ?? written[0];
  const errors = run.findings.filter((finding) => stateOf(finding) === 'error');
  const unjudged = reasons('Could not be judged', errors, paint, told);
  if (quiet) {
    return [
      ...found(run, run.findings.filter(isBad), paint, told),
      ...unjudged,
      page === undefined ? last : `${last} Report: ${page}`,
    ];
  }
  const broken = run.findings.filter((finding) => isBad(finding) || stateOf(finding) === 'warn');
  const skipped = run.findings.filter(({ outcome: one }) => one === 'skip');
  const others = written.filter((file) => file !== page && !file.endsWith('run.json'));
  return [
    '',
    ...block(head(run, paint, told)),
    ...block(topicTable(run, paint)),
    ...block(found(run, broken, paint, told)),
    ...block(accepted(run, paint, told)),
    ...block(passed(run, paint, told)),
    ...block(unjudged),
    ...block(reasons('Skipped', skipped, paint, told)),
    ...block(notes.map((note) => clipped(line(note), told.columns))),
    totals(run, broken),
    ...(run.audit?.traffic ? [`Traffic: ${trafficTold(run.audit)}`] : []),
    ...since(run),
    last,
    ...(page === undefined ? [] : [`Report: ${paint('bold', page)}`]),
    ...(others.length > 0 ? [`${count(others.length, 'other report')}: ${others.join(', ')}`] : []),
  ];
}

const block = (lines: readonly string[]): string[] => (lines.length > 0 ? [...lines, ''] : []);

function head({ audit }: Run, paint: Paint, { columns }: AuditTold): string[] {
  const told = audit ? facts(audit).filter(([name]) => name !== 'traffic') : [];
  return told.map(
    ([name, words]) => `${paint('dim', name.padEnd(8))}  ${clipped(line(cut(words, 400)), columns - 10)}`,
  );
}

/** Worst first, three lines each; of those that an earlier record has, the number. */
function found(run: Run, findings: readonly Finding[], paint: Paint, told: AuditTold): string[] {
  const { only, verbose, columns } = told;
  const wanted = only && !verbose ? findings.filter(({ id }) => only.has(id)) : findings;
  const before = findings.length - wanted.length;
  const shown = verbose ? wanted : wanted.slice(0, MOST_SHOWN);
  const left = wanted.length - shown.length;
  const changeOf = ({ id }: Finding) =>
    only?.has(id) ? (run.comparison?.new.includes(id) ? 'new' : 'worse') : undefined;
  return [
    ...(wanted.length > 0 ? [`${paint('bold', `Findings: ${wanted.length}`)}, worst first`] : []),
    ...worstFirst(run, wanted)
      .slice(0, shown.length)
      .flatMap((finding) => threeLines(run, finding, { paint, columns, change: changeOf(finding) })),
    ...(left > 0 ? [`and ${left} more, in the report`] : []),
    ...(before > 0
      ? [`${count(before, 'finding')} as in the baseline (told with -v, and in the report)`]
      : []),
  ];
}

function accepted({ findings }: Run, paint: Paint, { columns }: AuditTold): string[] {
  const those = findings.filter((finding) => stateOf(finding) === 'accepted');
  if (those.length === 0) return [];
  const told = those.map(
    ({ check, accepted: how, because = '' }) => `    ${check}, until ${how?.until}: ${because}`,
  );
  return [
    paint('bold', `Accepted: ${those.length}`),
    ...told.map((text) => clipped(`    ${line(cut(text, 400))}`, columns)),
  ];
}

/** What holds, by name, for those who want to see everything. */
function passed(run: Run, paint: Paint, { verbose, columns }: AuditTold): string[] {
  const those = run.findings.filter((finding) => ['pass', 'info'].includes(stateOf(finding)));
  if (!verbose || those.length === 0) return [];
  return [
    paint('bold', `Holds: ${those.length}`),
    ...those.map((finding) => `    ${clipped(lineOf(finding, PLAIN), columns - 4)}`),
  ];
}

const PLAIN: Paint = Object.assign((_: string, text: string) => text, { plain: true });

/** One reason often covers many checks, so the reason leads; a line each. */
function reasons(title: string, findings: readonly Finding[], paint: Paint, told: AuditTold): string[] {
  const { verbose, columns } = told;
  if (findings.length === 0) return [];
  const said = new Map<string, string[]>();
  for (const { message, check } of findings) said.set(message, [...(said.get(message) ?? []), check]);
  const ordered = [...said].sort(([, a], [, b]) => b.length - a.length);
  const shown = verbose ? ordered : ordered.slice(0, MOST_REASONS);
  return [
    paint('bold', `${title}: ${findings.length}`),
    ...shown.map(([reason, ids]) => {
      const some = verbose || ids.length <= MOST_IDS ? ids.map(line).join(', ') : '';
      const where = ` (${some || `${ids.length} checks, such as ${line(ids[0]!)}`})`;
      const room = Math.max(30, columns - 4 - where.length);
      const words = `${clipped(line(cut(reason, 400)), room)}${where}`;
      return `    ${verbose ? words : clipped(words, columns - 4)}`;
    }),
    ...(shown.length < ordered.length
      ? [`    and ${count(ordered.length - shown.length, 'more reason')}, in the report`]
      : []),
  ];
}

function totals(run: Run, broken: readonly Finding[]): string {
  const counts = [...tally(run.findings)].map(([state, n]) => `${n} ${states[state].word}`).join(', ');
  const what = broken.length > 0 ? `; found ${byKind(run, broken)} (${bySeverity(run, broken)})` : '';
  return `${count(run.findings.length, 'check')}: ${counts}${what}`;
}
