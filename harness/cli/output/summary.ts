import { proofWord, told as toldRemedy } from '../../../reports/common/remedy.js';
import { isBad, stateOf, states } from '../../../reports/common/state.js';
import { count, lookUp, path } from '../../../reports/common/summary.js';
import { cut, line } from '../../../reports/common/text.js';
import type { Finding, Run } from '../../model.js';
import { colourOf, mark } from './marks.js';
import type { Paint } from './paint.js';
import { wrapped } from './wrap.js';

const MOST_SHOWN = 50;
const MOST_REASONS = 12;
const MOST_TEXT = 600;

/** How much is shown, and how. */
export interface View {
  paint: Paint;
  columns: number;
  /** Everything, however much it is. */
  all: boolean;
}

const told = (text: string): string => line(cut(text, MOST_TEXT));

/** What is not as expected: each with what was expected, what was seen, who did it, and where. */
export function failures(run: Run, view: View): string[] {
  const wrong = run.findings.filter(isBad);
  const errors = run.findings.filter(({ outcome }) => outcome === 'error');
  const unjudged = reasons('Could not be judged', errors, view);
  return [...section('Not as expected', wrong, run, view), ...unjudged, ...(unjudged.length > 0 ? [''] : [])];
}

function section(title: string, findings: readonly Finding[], run: Run, view: View): string[] {
  const { paint, all } = view;
  if (findings.length === 0) return [];
  const shown = all ? findings : findings.slice(0, MOST_SHOWN);
  const left = findings.length - shown.length;
  const remedied = new Set<string>();
  return [
    paint('bold', `${title}: ${findings.length}`),
    '',
    ...shown.flatMap((finding) => [...failure(finding, run, view, remedied), '']),
    ...(left > 0 ? [`and ${left} more, in the report`, ''] : []),
  ];
}

/** @param remedied what was told already, and is told once */
function failure(finding: Finding, run: Run, { paint, columns }: View, remedied: Set<string>): string[] {
  const hanging = (text: string) => wrapped(told(text), columns - 14, ' '.repeat(14));
  const state = stateOf(finding);
  const check = lookUp(run.checks, finding.check);
  const lines: [string, string | undefined][] = [
    ['expected', expected(finding)],
    ['actual', finding.actualText ?? finding.message],
    ['blame', finding.did ?? finding.blame],
    ['path', path(lookUp(run.places, finding.scenario)?.hops ?? [])],
    ['tries', finding.tries === undefined ? undefined : `${finding.tries}, and the last was so`],
  ];
  const title = check ? `: ${line(check.title)} (${check.severity})` : '';
  return [
    `${mark(state, paint)} ${paint(colourOf(state), states[state].word)} ${paint('bold', line(finding.id))}${title}`,
    ...lines.flatMap(([name, text]) =>
      text ? [`    ${paint('dim', name.padEnd(8))}  ${hanging(text)}`] : [],
    ),
    ...remedy(finding, paint, remedied),
    ...(finding.proved
      ? [
          `    ${paint('dim', 'proved  ')}  ${hanging(`${proofWord(finding.proved)}: ${finding.proved.text}`)}`,
        ]
      : []),
  ];
}

/** The lines as they are to be copied: not wrapped, and once. */
function remedy({ remedy: known, scenario }: Finding, paint: Paint, remedied: Set<string>): string[] {
  if (!known) return [];
  const [first = '', ...lines] = toldRemedy(known);
  const key = JSON.stringify([scenario, known]);
  const rest = remedied.has(key) ? [] : lines;
  remedied.add(key);
  return [
    `    ${paint('dim', 'remedy  ')}  ${first}${rest.length < lines.length ? ', by the lines above' : ''}`,
    ...rest.map((text) => `${' '.repeat(14)}${text}`),
  ];
}

function expected({ expectedText, expected: outcome, because }: Finding): string | undefined {
  if (outcome !== 'pass') return `${outcome}, because ${because ?? 'the scenario says so'}`;
  return expectedText;
}

/** What is known to break, what is worth a look, what was skipped: a line each, or all of it. */
export function asides(run: Run, view: View): string[] {
  const known = run.findings.filter((finding) => stateOf(finding) === 'known');
  const skipped = run.findings.filter(({ outcome }) => outcome === 'skip');
  const warned = run.findings.filter((finding) => stateOf(finding) === 'warn' && !finding.differs);
  return [
    ...flaky(run, view),
    ...group('Known to break', known, view),
    ...group('Worth a look', warned, view),
    ...reasons('Skipped', skipped, view),
  ];
}

/** What is as expected only since it was tried again. */
function flaky(run: Run, { paint, columns, all }: View): string[] {
  const found = run.findings.filter(({ tries, differs, outcome }) => tries && !differs && outcome !== 'skip');
  if (found.length === 0) return [];
  const shown = all ? found : found.slice(0, MOST_REASONS);
  const left = found.length - shown.length;
  return [
    paint('bold', `Flaky: ${found.length}`),
    ...shown.map(({ id, tries }) =>
      entry(`${line(id)}: as expected on try ${tries}, and not before`, columns),
    ),
    ...(left > 0 ? [`    and ${left} more, in the report`] : []),
  ];
}

function group(title: string, findings: readonly Finding[], { paint, columns, all }: View): string[] {
  if (findings.length === 0) return [];
  if (!all) return [`${paint('bold', `${title}: ${findings.length}`)} (named with -v, and in the report)`];
  return [
    paint('bold', `${title}: ${findings.length}`),
    ...findings.map(({ id, message, because }) =>
      entry(`${line(id)}: ${told(message)}${because ? `, because ${line(because)}` : ''}`, columns),
    ),
  ];
}

/** One reason often covers many findings, so the reason leads. */
function reasons(title: string, findings: readonly Finding[], { paint, columns, all }: View): string[] {
  if (findings.length === 0) return [];
  const said = new Map<string, Finding[]>();
  for (const finding of findings) said.set(finding.message, [...(said.get(finding.message) ?? []), finding]);
  const ordered = [...said].sort(([, a], [, b]) => b.length - a.length);
  const shown = all ? ordered : ordered.slice(0, MOST_REASONS);
  const left = ordered.length - shown.length;
  return [
    paint('bold', `${title}: ${findings.length}`),
    ...shown.map(([reason, those]) => entry(`${told(reason)} (${where(those)})`, columns)),
    ...(left > 0 ? [`    and ${count(left, 'more reason')}, in the report`] : []),
  ];
}

const entry = (text: string, columns: number): string => `    ${wrapped(text, columns - 4, ' '.repeat(6))}`;

function where(findings: readonly Finding[]): string {
  const [first] = findings;
  if (findings.length === 1) return line(first!.id);
  const scenarios = [...new Set(findings.map(({ scenario }) => scenario))];
  const place = scenarios.length === 1 ? line(first!.scenario) : count(scenarios.length, 'scenario');
  return `${count(findings.length, 'check')}, ${place}`;
}
