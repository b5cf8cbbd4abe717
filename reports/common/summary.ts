import type { Finding, HopRecord, Run } from '../../harness/model.js';
import { auditVerdict } from './audit.js';

export { lookUp } from './look-up.js';

/** The first word of a check's id. */
export const topicOf = (check: string): string => check.split('/')[0]!;

/** The run in a sentence or two. */
export function verdict(run: Run): string {
  if (run.findings.length === 0) return `Nothing was tried.${cutShort(run)}`;
  if (run.audit) return `${auditVerdict(run, run.audit)}${cutShort(run)}`;
  const scenarios = count(new Set(run.findings.map(({ scenario }) => scenario)).size, 'scenario');
  const differing = run.findings.filter(({ outcome, differs }) => differs && outcome !== 'error').length;
  const errors = run.findings.filter(({ outcome }) => outcome === 'error').length;
  const tried = run.findings.some(({ outcome }) => outcome !== 'skip');
  const told =
    differing === 0
      ? errors === 0
        ? tried
          ? 'all as expected'
          : 'none could be tried'
        : 'none is known to differ from what is expected'
      : `${differing} ${differing === 1 ? 'differs' : 'differ'} from what is expected`;
  const untold = errors === 0 ? '' : ` ${errors} could not be judged.`;
  return `${scenarios}, ${count(run.findings.length, 'finding')}: ${told}.${untold}${cutShort(run)}`;
}

const cutShort = (run: Run) => (run.partial ? ' The run was cut short: what is missing was not tried.' : '');

export function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}

/** Topics in the order in which they are met. */
export const topics = (run: Run): string[] => [...new Set(run.findings.map(({ check }) => topicOf(check)))];

/** `client → squid → nginx → echo` */
export function path(hops: readonly HopRecord[]): string {
  return hops.map(({ role, name }) => (role === 'client' ? 'client' : name)).join(' → ');
}

/** Findings by scenario, in the order of the places; scenarios that no place is told for come last. */
export function byScenario(run: Run): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>(Object.keys(run.places).map((id) => [id, []]));
  for (const finding of run.findings) {
    const group = groups.get(finding.scenario);
    if (group) group.push(finding);
    else groups.set(finding.scenario, [finding]);
  }
  return groups;
}
