import type { AuditRecord, Finding, Run } from '../../harness/model.js';
import { lookUp } from './look-up.js';
import { kindOf, kinds, severities, severityOf } from './severity.js';
import { isBad } from './state.js';
import { line } from './text.js';

/** The audit in a sentence: where, how much of it fails, how bad that is. */
export function auditVerdict(run: Run, { url }: AuditRecord): string {
  const { findings } = run;
  const others = Object.keys(run.places).length - 1;
  const where = `${line(url)}${others > 0 ? ` and ${others} more` : ''}`;
  const number = (test: (finding: Finding) => boolean) => findings.filter(test).length;
  const bad = findings.filter(isBad);
  const errors = number(({ outcome }) => outcome === 'error');
  const tried = number(({ outcome }) => outcome !== 'skip');
  const fails =
    bad.length > 0
      ? `${bad.length} of ${findings.length} checks ${bad.length === 1 ? 'fails' : 'fail'} (${bySeverity(run, bad)})`
      : tried > errors
        ? `none of ${findings.length} ${findings.length === 1 ? 'check' : 'checks'} ${errors > 0 ? 'is known to fail' : 'fails'}`
        : 'nothing could be tried';
  const more: [number, string][] = [
    [number(({ outcome, accepted, differs }) => outcome === 'warn' && !accepted && !differs), 'warn'],
    [number(({ accepted }) => accepted !== undefined), 'accepted'],
    [number(({ outcome }) => outcome === 'skip'), 'skipped'],
    [errors, 'could not be judged'],
  ];
  const told = more.flatMap(([n, word]) => (n > 0 ? [`${n} ${word}`] : []));
  return `${[`${where}: ${fails}`, ...told].join(', ')}.`;
}

/** `1 critical, 2 high` */
export function bySeverity(run: Run, findings: readonly Finding[]): string {
  return severities
    .map((severity) => [
      severity,
      findings.filter((each) => (severityOf(run, each) ?? 'critical') === severity).length,
    ])
    .flatMap(([severity, n]) => (n ? [`${n} ${severity}`] : []))
    .join(', ');
}

const WORDS = {
  vulnerability: ['vulnerability', 'vulnerabilities'],
  hardening: ['missing defence', 'missing defences'],
  conformance: ['breach of the standard', 'breaches of the standard'],
} as const;

/** `1 vulnerability, 2 breaches of the standard`: what is not conformant is not thereby vulnerable. */
export function byKind(run: Run, findings: readonly Finding[]): string {
  return kinds
    .map((kind) => ({
      kind,
      n: findings.filter(({ check }) => kindOf(lookUp(run.checks, check)) === kind).length,
    }))
    .flatMap(({ kind, n }) => (n > 0 ? [`${n} ${WORDS[kind][n === 1 ? 0 : 1]}`] : []))
    .join(', ');
}

/** `intrusive, as the user is authorised to` */
export const profileTold = ({ profile, authorized }: AuditRecord): string =>
  `${profile}${authorized ? '; the user said that they are authorised' : ''}`;

/** `311 connections, at most 48 at once, 47.1 KiB sent` */
export function trafficTold({ traffic }: AuditRecord): string | undefined {
  if (!traffic) return undefined;
  const { connections, mostAtOnce, octetsSent } = traffic;
  return `${connections} ${connections === 1 ? 'connection' : 'connections'}, at most ${mostAtOnce} at once, ${sized(octetsSent)} sent`;
}

function sized(octets: number): string {
  if (octets < 10_240) return `${octets} octets`;
  const kib = octets / 1024;
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}

function comparedTold({ compared }: AuditRecord): string | undefined {
  if (!compared) return undefined;
  const { url, differs } = compared;
  const what = differs.length === 1 ? 'check says' : 'checks say';
  const named = differs.length > 0 ? `: ${differs.join(', ')}` : '';
  return `${url}, where ${differs.length} ${what} something else${named}`;
}

/** What is told of an audit beside its findings: name and words. */
export function facts(audit: AuditRecord): [name: string, words: string][] {
  const { url, baseline, identity } = audit;
  const client = isOfClient(audit);
  const told: [string, string | undefined][] = [
    [client ? 'client' : 'endpoint', url],
    ['profile', client ? undefined : profileTold(audit)],
    ['baseline', baseline],
    ['identity', identity],
    ['compared', comparedTold(audit)],
    ['traffic', trafficTold(audit)],
  ];
  return told.flatMap(([name, words]) => (words === undefined ? [] : [[name, words]]));
}

/** Whether a client was audited, and not an endpoint. */
const isOfClient = ({ url }: AuditRecord): boolean => !/^(?:wss?|https?):\/\//i.test(url);
