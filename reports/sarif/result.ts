import { createHash } from 'node:crypto';
import type { Finding, Run } from '../../harness/model.js';
import { evidenceLine } from '../common/evidence.js';
import { lookUp } from '../common/look-up.js';
import { proofWord, told as toldRemedy } from '../common/remedy.js';
import { kindOf, severityOf } from '../common/severity.js';
import { path, topicOf } from '../common/summary.js';
import { visible } from '../common/text.js';
import { levelOfFinding, scoreOf } from './grade.js';
import { text } from './rule.js';

const MOST_EVIDENCE = 40;

/** A finding at its place, as SARIF §3.27 has results. */
export function resultOf(run: Run, finding: Finding, ruleIndex: number) {
  const severity = severityOf(run, finding) ?? 'medium';
  const state = baselineState(run, finding.id);
  const { accepted, because } = finding;
  return {
    ruleId: text(finding.check),
    ruleIndex,
    level: levelOfFinding(finding, severity),
    message: { text: text(message(run, finding)) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(run, finding) },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: text(finding.id) }],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${fingerprint(run, finding)}:1` },
    ...(state && { baselineState: state }),
    ...(accepted && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: text(`${because ?? 'accepted'} (until ${accepted.until})`),
        },
      ],
    }),
    properties: {
      outcome: finding.outcome,
      severity,
      'security-severity': scoreOf(severity),
      kind: kindOf(lookUp(run.checks, finding.check)),
      topic: text(topicOf(finding.check)),
      ...(finding.evidence.length > 0 && {
        evidence: finding.evidence.slice(0, MOST_EVIDENCE).map((entry) => text(evidenceLine(entry))),
      }),
    },
  };
}

function message(run: Run, finding: Finding): string {
  const hops = path(lookUp(run.places, finding.scenario)?.hops ?? []);
  const told = [
    finding.message,
    finding.expectedText !== undefined && `Expected: ${finding.expectedText}`,
    finding.actualText !== undefined && `Actual: ${finding.actualText}`,
    finding.blame !== undefined && `Blame: ${finding.did ?? finding.blame}`,
    run.audit ? `Of: ${endpointOf(run, finding)}` : hops && `Path: ${hops}`,
    finding.remedy && `Remedy: ${toldRemedy(finding.remedy).join('\n')}`,
    finding.proved && `Proved: ${proofWord(finding.proved)}: ${finding.proved.text}`,
  ];
  return told.filter(Boolean).join('\n');
}

function baselineState({ comparison }: Run, id: string): 'new' | 'unchanged' | 'updated' | undefined {
  if (!comparison) return undefined;
  if (comparison.new.includes(id)) return 'new';
  if (comparison.worse?.includes(id)) return 'updated';
  return comparison.still.includes(id) ? 'unchanged' : undefined;
}

/** The URL of a finding's endpoint; an audit may have been of two. */
function endpointOf(run: Run, { scenario }: Finding): string {
  const [first] = Object.keys(run.places);
  const title = lookUp(run.places, scenario)?.title;
  return scenario === first || title === undefined ? run.audit!.url : title;
}

/** Of the check and the place: not of words, times, or the ports that servers on this machine happen to have. */
function fingerprint(run: Run, { id }: Finding): string {
  const place = run.audit ? `${settled(run.audit.url)}\n` : '';
  return createHash('sha256').update(`${place}${id}`).digest('hex').slice(0, 16);
}

const settled = (url: string): string =>
  url.replace(/[?#].*$/s, '').replace(/^(\w+:\/\/(?:127(?:\.\d+){3}|localhost|\[::1\])):\d+/i, '$1');

/** Scanners want a file, and no address: the scenario's is the one that a reader would open; for an endpoint `ws/host/path`. */
function uriOf(run: Run, finding: Finding): string {
  if (!run.audit) return `scenarios/${encoded(finding.scenario)}.scenario.ts`;
  return encoded(settled(endpointOf(run, finding)).replace(':/', '').replace(/\/+$/, ''));
}

const encoded = (words: string): string =>
  visible(words).split('/').filter(Boolean).map(encodeURIComponent).join('/') || 'endpoint';
