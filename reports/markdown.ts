import type {
  AuditRecord,
  CheckMeta,
  Finding,
  Remedy,
  Reporter,
  Run,
  RunComparison,
} from '../harness/model.js';
import { facts } from './common/audit.js';
import { cell, code, fenced, fit, prose } from './common/markdown.js';
import { linesOf, proofWord } from './common/remedy.js';
import { kindOf, severityOf, worstFirst } from './common/severity.js';
import { isBad, type State, stateOf, states, tally } from './common/state.js';
import { byScenario, count, lookUp, path, topicOf, topics, verdict } from './common/summary.js';
import { cut, visible } from './common/text.js';

/** GitHub takes a job summary of 1 MiB and no more. */
const MOST_OCTETS = 1_000_000;
const MOST_IDS = 20;

export default {
  title: 'Markdown, for job summaries',
  file: 'summary.md',
  render(run) {
    const bad = run.findings.filter((finding) => isBad(finding) || finding.outcome === 'error');
    const wrong = run.audit ? worstFirst(run, bad) : bad;
    const warned = withState(run, 'warn').filter((each) => !isBad(each));
    return fit(
      [
        `## ${prose(run.tool.name)}\n\n**${prose(verdict(run))}**\n\n`,
        `${totals(run.findings)}\n`,
        ...since(run),
        ...(run.audit ? [...about(run.audit), ...byTopic(run)] : matrix(run)),
        ...section(`Not as expected: ${count(wrong.length, 'finding')}`, wrong, (each) => failure(run, each)),
        ...section('Known to break', withState(run, 'known'), aside),
        ...section('Accepted', withState(run, 'accepted'), aside),
        ...(run.audit
          ? section('Weak, and to the letter', worstFirst(run, warned), (each) => failure(run, each))
          : section('Worth a look', warned, aside)),
        ...skips(run),
        ...captures(run),
      ],
      MOST_OCTETS,
      (left) => `\n\n---\n\n*Cut here to fit: ${left} more lines and blocks; all of it is in run.json.*\n`,
    );
  },
} satisfies Reporter;

const withState = (run: Run, state: string) => run.findings.filter((finding) => stateOf(finding) === state);

function totals(findings: readonly Finding[]): string {
  return [...tally(findings)]
    .map(([state, n]) => `${states[state].glyph} ${n} ${states[state].word}`)
    .join(' · ');
}

function captures({ places }: Run): string[] {
  const files = Object.entries(places).flatMap(([scenario, { capture }]) =>
    capture === undefined ? [] : [`- ${code(scenario)}: ${code(capture)}\n`],
  );
  if (files.length === 0) return [];
  const what =
    'What crossed each segment, for Wireshark. Each holds everything, credentials and keys of TLS included.';
  return [`\n### Captures\n\n${what}\n\n`, ...files];
}

/** Where, how far it was allowed to go, what it took. */
function about(audit: AuditRecord): string[] {
  return ['\n', ...facts(audit).map(([name, words]) => `- ${name}: ${code(words)}\n`)];
}

const COLUMNS: readonly State[] = ['fail', 'error', 'warn', 'accepted', 'pass', 'info', 'skip'];

function byTopic(run: Run): string[] {
  const rows = topics(run).map((topic) => {
    const own = run.findings.filter(({ check }) => topicOf(check) === topic).map(stateOf);
    const figures = COLUMNS.map((state) => own.filter((each) => each === state).length || '·');
    return `| ${cell(topic)} | ${figures.join(' | ')} |\n`;
  });
  if (rows.length === 0) return [];
  const heads = COLUMNS.map((state) => `${states[state].glyph} ${states[state].word}`);
  return [`\n| topic | ${heads.join(' | ')} |\n|---|${'--:|'.repeat(COLUMNS.length)}\n`, ...rows];
}

function matrix(run: Run): string[] {
  const columns = topics(run);
  if (columns.length === 0) return [];
  return [
    `\n| scenario | path | ${columns.map(cell).join(' | ')} |\n|---|---|${'---|'.repeat(columns.length)}\n`,
    ...[...byScenario(run)].map(([scenario, findings]) => {
      const hops = lookUp(run.places, scenario)?.hops ?? [];
      const cells = columns.map((topic) => worst(findings.filter(({ check }) => topicOf(check) === topic)));
      return `| ${cell(scenario)} | ${cell(path(hops))} | ${cells.join(' | ')} |\n`;
    }),
  ];
}

function worst(findings: readonly Finding[]): string {
  const [first] = tally(findings);
  if (!first) return '·';
  const [state, n] = first;
  return `${states[state].glyph} ${states[state].word} ${n}/${findings.length}`;
}

function section(title: string, findings: readonly Finding[], block: (finding: Finding) => string): string[] {
  return findings.length === 0 ? [] : [`\n### ${title}\n\n`, ...findings.map(block)];
}

function failure(run: Run, finding: Finding): string {
  const { glyph, word } = states[stateOf(finding)];
  const check = lookUp(run.checks, finding.check);
  const told: [string, string | undefined][] = [
    ['requirement', check && prose(check.requirement)],
    ['expected', expected(finding)],
    ['actual', code(finding.actualText ?? finding.message)],
    ['blame', finding.did === undefined ? finding.blame && code(finding.blame) : prose(finding.did)],
    ['see', check && [...(check.cwe ? [check.cwe] : []), ...check.refs].map((ref) => prose(ref)).join(', ')],
    ['path', run.audit ? undefined : code(path(lookUp(run.places, finding.scenario)?.hops ?? []))],
    ['remedy', finding.remedy ? remedy(finding.remedy) : check?.remedy && prose(check.remedy)],
    ...fixes(check),
    ['proved', finding.proved && `${proofWord(finding.proved)}: ${code(finding.proved.text)}`],
  ];
  const lines = told.flatMap(([name, text]) => (text ? [`- ${name}: ${text}\n`] : []));
  const severity = check
    ? ` (${[severityOf(run, finding), check.kind && kindOf(check)].filter(Boolean).join(' ')})`
    : '';
  return `${glyph} **${word}** ${code(finding.id)}${severity}${check ? `: ${prose(check.title)}` : ''}\n\n${lines.join('')}\n`;
}

function fixes(check: CheckMeta | undefined): [string, string][] {
  return Object.entries(check?.fixes ?? {}).map(([product, lines]) => {
    const shown = visible(cut(lines, 2000)).split('\n');
    return [`with ${code(product)}`, `\n\n${indented(fenced(shown, ''))}\n`];
  });
}

function remedy({ hop, title, language, parts, note }: Remedy): string {
  const blocks = parts.map((part) => {
    const where = part.where === undefined ? '' : `\n\n  ${code(part.where)}:`;
    return `${where}\n\n${indented(fenced(linesOf(part), language))}`;
  });
  return `${code(hop)}: ${prose(title)}${blocks.join('')}${note === undefined ? '' : `\n\n  ${prose(note)}`}\n`;
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');

/** What changed since the earlier run: the figures, and by name what got worse or better. */
function since({ comparison, findings }: Run): string[] {
  if (!comparison) return [];
  const { startedAt, fixed, still, gone, worse = [], slower = [], skippedBefore = [] } = comparison;
  const named = { new: comparison.new, ...(worse.length > 0 && { worse }), slower, fixed };
  const figures = { ...named, still, gone, 'skipped before': skippedBefore };
  const told = Object.entries(figures).map(([word, ids]) => `${ids.length} ${word}`);
  const flaky = findings.filter(({ tries = 1, differs }) => tries > 1 && !differs).length;
  return [
    `\nSince the run of ${prose(startedAt)}: ${told.join(' · ')}${flaky > 0 ? ` · ${flaky} flaky` : ''}\n`,
    ...Object.entries(named).flatMap(([word, ids]) =>
      ids.length === 0 ? [] : [`\n**${word}**: ${few(ids)}${figuresOf(comparison, word, findings)}\n`],
    ),
  ];
}

/** What the slower ones were and are, the first few. */
function figuresOf({ was = {} }: RunComparison, word: string, findings: Run['findings']): string {
  if (word !== 'slower') return '';
  const told = findings.flatMap(({ id, measured = {} }) =>
    Object.entries(lookUp(was, id)?.measured ?? {}).map(
      ([key, then]) => `${code(key)} ${then} → ${measured[key]} ms`,
    ),
  );
  return told.length === 0 ? '' : ` (${told.slice(0, MOST_IDS).join(', ')})`;
}

/** Ids as code: the first twenty, and how many there are besides. */
function few(ids: readonly string[]): string {
  const shown = ids.slice(0, MOST_IDS).map((id) => code(id));
  return `${shown.join(', ')}${ids.length > MOST_IDS ? ` and ${ids.length - MOST_IDS} more` : ''}`;
}

function expected(finding: Finding): string | undefined {
  if (finding.expectedText !== undefined) return code(finding.expectedText);
  if (finding.expected === 'pass') return undefined;
  return `${finding.expected}, because ${finding.because ? code(finding.because) : 'the scenario says so'}`;
}

function aside(finding: Finding): string {
  const until = finding.accepted === undefined ? '' : ` until ${code(finding.accepted.until)}`;
  const because = finding.because === undefined ? until : `,${until} because ${code(finding.because)}`;
  return `- ${code(finding.id)}: ${code(finding.message)}${because}\n`;
}

/** One reason often covers many findings, so the reason leads. */
function skips(run: Run): string[] {
  const reasons = new Map<string, string[]>();
  for (const { id, message } of withState(run, 'skip'))
    reasons.set(message, [...(reasons.get(message) ?? []), id]);
  if (reasons.size === 0) return [];
  return ['\n### Skipped\n\n', ...[...reasons].map(([reason, ids]) => `- ${code(reason)}: ${few(ids)}\n`)];
}
