import type { Finding, Reporter, Run } from '../harness/model.js';
import { proofWord, told as toldRemedy } from './common/remedy.js';
import { kindOf, severityOf } from './common/severity.js';
import { isBad, stateOf } from './common/state.js';
import { lookUp, topicOf, verdict } from './common/summary.js';
import { cut, line, visible } from './common/text.js';

/** One test point a finding. What is known to break, or accepted, is `not ok … # TODO`, which TAP does not count as a failure. */
export default {
  title: 'TAP 14, for TAP consumers',
  file: 'run.tap',
  render(run) {
    if (run.findings.length === 0) return `TAP version 14\n1..0 # SKIP ${verdict(run)}\n`;
    return [
      'TAP version 14',
      `# ${verdict(run)}`,
      `1..${run.findings.length}`,
      ...run.findings.map((finding, i) => point(run, finding, i + 1)),
      '',
    ].join('\n');
  },
} satisfies Reporter;

function point(run: Run, finding: Finding, number: number): string {
  const state = stateOf(finding);
  const isKnown = state === 'known' || state === 'accepted';
  const ok = !isBad(finding) && state !== 'error' && !isKnown;
  const directive =
    state === 'skip'
      ? ` # SKIP ${words(finding.message)}`
      : isKnown
        ? ` # TODO ${words(finding.because ?? 'expected')}${finding.accepted ? ` (until ${words(finding.accepted.until)})` : ''}`
        : '';
  const head = `${ok ? 'ok' : 'not ok'} ${number} - ${words(finding.id)}${directive}`;
  return ok && state !== 'warn' && state !== 'info' ? head : `${head}\n${diagnostics(run, finding)}`;
}

/** `#` and `\` are TAP's own. */
const words = (text: string) => cut(line(text), 500).replace(/[\\#]/g, '\\$&');

/** YAML, each value in JSON's quotes, which YAML reads. */
function diagnostics(run: Run, finding: Finding): string {
  const check = lookUp(run.checks, finding.check);
  const values: Record<string, unknown> = {
    message: finding.message,
    outcome: finding.outcome,
    expected: finding.expectedText ?? finding.expected,
    actual: finding.actualText ?? finding.outcome,
    because: finding.because,
    blame: finding.blame,
    did: finding.did,
    topic: topicOf(finding.check),
    severity: severityOf(run, finding),
    kind: check && kindOf(check),
    cwe: check?.cwe,
    accepted_until: finding.accepted?.until,
    requirement: check?.requirement,
    remedy: finding.remedy ? toldRemedy(finding.remedy).join('\n') : check?.remedy,
    fixes: check?.fixes && told(check.fixes),
    proved: finding.proved && `${proofWord(finding.proved)}: ${finding.proved.text}`,
    duration_ms: finding.ms,
  };
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  const measured = Object.entries(finding.measured ?? {}).map(
    ([key, value]) => `    ${quoted(key)}: ${quoted(value)}`,
  );
  return [
    '  ---',
    ...known.map(([key, value]) => `  ${key}: ${quoted(value)}`),
    ...(measured.length ? ['  measured:', ...measured] : []),
    '  ...',
  ].join('\n');
}

const told = (fixes: Readonly<Record<string, string>>) =>
  Object.entries(fixes)
    .map(([product, lines]) => `${product}:\n${lines}`)
    .join('\n');

const quoted = (value: unknown) =>
  JSON.stringify(typeof value === 'string' ? visible(cut(value, 4000)) : value);
