import type { Finding, Reporter, Run } from '../harness/model.js';
import { facts } from './common/audit.js';
import { evidenceLine } from './common/evidence.js';
import { proofWord, told } from './common/remedy.js';
import { kindOf, severityOf } from './common/severity.js';
import { isBad, stateOf, states } from './common/state.js';
import { byScenario, lookUp, path, topicOf } from './common/summary.js';
import { cut } from './common/text.js';
import { attributes, escapeXml } from './common/xml.js';

/**
 * A suite is a scenario, of an audit a topic; a case is a check. What is known to break, or accepted, passes and says so in
 * its properties.
 */
export default {
  title: 'JUnit XML, for CI servers',
  file: 'junit.xml',
  render(run) {
    const suites = [...byScenario(run)].filter(([, findings]) => findings.length > 0);
    const named = run.audit ? suites.flatMap(byTopic) : suites;
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites${attributes({ name: run.tool.name, ...counts(run.findings), time: seconds(run.durationMs) })}>`,
      ...named.map(([name, findings]) => suite(run, name, findings)),
      '</testsuites>',
      '',
    ].join('\n');
  },
} satisfies Reporter;

/** `audit.framing`: servers show dots as levels. */
function byTopic([scenario, findings]: [string, Finding[]]): [string, Finding[]][] {
  const topics = [...new Set(findings.map(({ check }) => topicOf(check)))];
  return topics.map((topic) => [
    `${scenario}.${topic}`,
    findings.filter(({ check }) => topicOf(check) === topic),
  ]);
}

function suite(run: Run, name: string, findings: readonly Finding[]): string {
  const place = lookUp(run.places, findings[0]!.scenario);
  const total = findings.reduce((sum, { ms }) => sum + ms, 0);
  const head = {
    name,
    ...counts(findings),
    time: seconds(total),
    timestamp: findings[0]!.startedAt,
  };
  return [
    ` <testsuite${attributes(head)}>`,
    ...(place
      ? [
          properties({
            title: place.title,
            path: path(place.hops),
            ...(run.audit && Object.fromEntries(facts(run.audit))),
          }),
        ]
      : []),
    ...findings.map((finding) => testcase(run, finding, name)),
    ' </testsuite>',
  ].join('\n');
}

function testcase(run: Run, finding: Finding, suiteName: string): string {
  const check = lookUp(run.checks, finding.check);
  const head = { classname: suiteName, name: finding.check, time: seconds(finding.ms) };
  const told = {
    title: check?.title,
    outcome: finding.outcome,
    known: stateOf(finding) === 'known' ? (finding.because ?? `expected: ${finding.expected}`) : undefined,
    accepted: finding.accepted && `until ${finding.accepted.until}: ${finding.because ?? ''}`,
    topic: topicOf(finding.check),
    severity: severityOf(run, finding),
    kind: check && kindOf(check),
    cwe: check?.cwe,
    blame: finding.blame,
    did: finding.did,
    message: finding.message,
    ...Object.fromEntries(
      Object.entries(finding.measured ?? {}).map(([key, value]) => [`measured.${key}`, String(value)]),
    ),
  };
  return [
    `  <testcase${attributes(head)}>`,
    properties(told),
    ...verdict(run, finding),
    '  </testcase>',
  ].join('\n');
}

function verdict(run: Run, finding: Finding): string[] {
  const message = cut(finding.message, 2000);
  if (finding.outcome === 'error')
    return [`   <error${attributes({ message, type: 'error' })}>${body(run, finding)}</error>`];
  if (finding.outcome === 'skip') return [`   <skipped${attributes({ message })}/>`];
  if (!isBad(finding)) return [];
  const type = states[stateOf(finding)].word;
  return [`   <failure${attributes({ message, type })}>${body(run, finding)}</failure>`];
}

function body(run: Run, finding: Finding): string {
  const check = lookUp(run.checks, finding.check);
  const lines = [
    check && `requirement: ${check.requirement}`,
    finding.expectedText !== undefined && `expected: ${finding.expectedText}`,
    finding.actualText !== undefined && `actual: ${finding.actualText}`,
    finding.expected !== 'pass' &&
      `expected here: ${finding.expected}, because ${finding.because ?? 'no reason is given'}`,
    finding.blame !== undefined && `blame: ${finding.did ?? finding.blame}`,
    ...remedyLines(finding, check?.remedy),
    ...Object.entries(check?.fixes ?? {}).map(([product, lines]) => `with ${product}:\n${lines}`),
    ...finding.evidence.slice(0, 40).map(evidenceLine),
  ];
  return escapeXml(cut(lines.filter(Boolean).join('\n'), 8000));
}

/** The lines for the hop to blame where there are some, else what helps in general. */
function remedyLines({ remedy, proved }: Finding, general: string | undefined): string[] {
  const [first, ...rest] = remedy ? told(remedy) : general === undefined ? [] : [general];
  return [
    ...(first === undefined ? [] : [`remedy: ${first}`, ...rest]),
    ...(proved ? [`proved: ${proofWord(proved)}: ${proved.text}`] : []),
  ];
}

function properties(values: Record<string, string | undefined>): string {
  const told = Object.entries(values).filter((entry) => entry[1] !== undefined);
  const each = told.map(([name, value]) => `<property${attributes({ name, value: cut(value!, 2000) })}/>`);
  return `   <properties>${each.join('')}</properties>`;
}

function counts(findings: readonly Finding[]): Record<string, string> {
  const number = (test: (finding: Finding) => boolean) => String(findings.filter(test).length);
  return {
    tests: String(findings.length),
    failures: number((finding) => verdictKind(finding) === 'failure'),
    errors: number((finding) => verdictKind(finding) === 'error'),
    skipped: number((finding) => verdictKind(finding) === 'skipped'),
  };
}

function verdictKind(finding: Finding): 'error' | 'skipped' | 'failure' | 'passed' {
  if (finding.outcome === 'error') return 'error';
  if (finding.outcome === 'skip') return 'skipped';
  return isBad(finding) ? 'failure' : 'passed';
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
