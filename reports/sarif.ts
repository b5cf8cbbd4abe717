import { createHash } from 'node:crypto';
import type { CheckMeta, Finding, Reporter, Run, Severity } from '../harness/model.js';
import { toJson } from './common/json.js';
import { proofWord, told as toldRemedy } from './common/remedy.js';
import { isBad, stateOf } from './common/state.js';
import { lookUp, path, topicOf } from './common/summary.js';
import { cut, visible } from './common/text.js';

/** GitHub takes no more results than this in one run. */
const MOST_RESULTS = 25_000;

const grades: Readonly<Record<Severity, { level: 'error' | 'warning' | 'note'; score?: string }>> = {
  critical: { level: 'error', score: '9.5' },
  high: { level: 'error', score: '8.0' },
  medium: { level: 'warning', score: '5.5' },
  low: { level: 'note', score: '3.0' },
  info: { level: 'note' },
};

/** The failures and warnings that differ from what is expected, as code scanning takes them; errors are notifications. */
export default {
  title: 'SARIF 2.1.0, for code scanning',
  file: 'results.sarif',
  render(run) {
    const found = run.findings.filter(
      (finding) => isBad(finding) && ['fail', 'warn'].includes(finding.outcome),
    );
    const results = found.sort((a, b) => rank(run, a) - rank(run, b)).slice(0, MOST_RESULTS);
    const ids = [...new Set(results.map(({ check }) => check))];
    const errors = run.findings.filter((finding) => stateOf(finding) === 'error');
    const log = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: { name: run.tool.name, version: run.tool.version, rules: ids.map((id) => rule(run, id)) },
          },
          columnKind: 'utf16CodeUnits',
          invocations: [
            {
              executionSuccessful: !run.partial && errors.length === 0,
              startTimeUtc: new Date(run.startedAt).toISOString(),
              toolExecutionNotifications: errors.slice(0, 1000).map((finding) => ({
                level: 'error',
                message: { text: text(`${finding.id}: ${finding.message}`) },
              })),
            },
          ],
          results: results.map((finding) => result(run, finding, ids.indexOf(finding.check))),
        },
      ],
    };
    return `${toJson(log)}\n`;
  },
} satisfies Reporter;

const text = (words: string) => visible(cut(words, 4000)) || '(no words)';

function rank(run: Run, finding: Finding): number {
  return Object.keys(grades).indexOf(lookUp(run.checks, finding.check)?.severity ?? 'medium');
}

function rule(run: Run, id: string) {
  const check = lookUp(run.checks, id);
  if (!check) return { id: text(id) };
  const { level, score } = grades[check.severity];
  const link = check.refs.find((ref) => URL.canParse(ref) && /^https?:/.test(ref));
  return {
    id: text(id),
    shortDescription: { text: text(check.title) },
    fullDescription: { text: text(check.requirement) },
    help: { text: text(help(check)) },
    ...(link && { helpUri: new URL(link).href }),
    defaultConfiguration: { level },
    properties: {
      tags: [
        ...new Set(['security', 'websocket', text(topicOf(id))]),
        ...(check.cwe ? [`external/cwe/${text(check.cwe).toLowerCase()}`] : []),
      ],
      ...(score && { 'security-severity': score }),
    },
  };
}

function help({ requirement, why, remedy, refs }: CheckMeta): string {
  return [requirement, why, remedy && `Remedy: ${remedy}`, refs.length > 0 && `See ${refs.join(', ')}.`]
    .filter(Boolean)
    .join('\n\n');
}

function result(run: Run, finding: Finding, ruleIndex: number) {
  const severity = lookUp(run.checks, finding.check)?.severity ?? 'medium';
  const hops = path(lookUp(run.places, finding.scenario)?.hops ?? []);
  const told = [
    finding.message,
    finding.expectedText !== undefined && `Expected: ${finding.expectedText}`,
    finding.actualText !== undefined && `Actual: ${finding.actualText}`,
    finding.blame !== undefined && `Blame: ${finding.did ?? finding.blame}`,
    hops && `Path: ${hops}`,
    finding.remedy && `Remedy: ${toldRemedy(finding.remedy).join('\n')}`,
    finding.proved && `Proved: ${proofWord(finding.proved)}: ${finding.proved.text}`,
  ];
  return {
    ruleId: text(finding.check),
    ruleIndex,
    level: finding.outcome === 'warn' && severity !== 'info' ? 'warning' : grades[severity].level,
    message: { text: text(told.filter(Boolean).join('\n')) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: `scenarios/${uri(finding.scenario)}.scenario.ts` },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: text(finding.id) }],
      },
    ],
    partialFingerprints: {
      primaryLocationLineHash: `${createHash('sha256').update(finding.id).digest('hex').slice(0, 16)}:1`,
    },
  };
}

/** Scanners want a file; the scenario's is the one that a reader would open. */
const uri = (scenario: string) => visible(scenario).split('/').map(encodeURIComponent).join('/');
