import { line } from '../../reports/common/text.js';
import type { Expectation, Run } from '../model.js';
import type { Acceptance } from './accept/read.js';

export { type Acceptance, readAcceptances } from './accept/read.js';

/** Today, as acceptances have it (UTC). */
export const today = (): string => new Date().toISOString().slice(0, 10);

const NOTHING: Expectation = { outcome: 'pass', because: '' };

/**
 * What acceptances make a scenario expect at an endpoint; those that have run out or are for another one count for nothing.
 * @param ids of the checks that are tried; each is told, since a scenario takes an id for the beginning of others too
 */
export function expectationsOf(
  acceptances: readonly Acceptance[],
  url: string,
  ids: readonly string[],
  day = today(),
): Record<string, Expectation> {
  const counting = counted(acceptances, url, ids, day);
  return Object.fromEntries(
    ids.map((id): [string, Expectation] => {
      const one = counting.get(id);
      return [id, one ? { outcome: 'fail', because: one.reason, accepted: { until: one.until } } : NOTHING];
    }),
  );
}

/**
 * What is to be told of acceptances once the audit is over: which have run out, are no longer needed, or were of no use.
 * @param urls of the endpoints, by scenario
 */
export function tellAcceptances(
  acceptances: readonly Acceptance[],
  run: Run,
  urls: Readonly<Record<string, string>>,
  day = today(),
): string[] {
  const ids = [...new Set(run.findings.map(({ check }) => check))];
  const counting = new Map(
    Object.entries(urls).map(([scenario, url]) => [scenario, counted(acceptances, url, ids, day)]),
  );
  return acceptances.flatMap((one) => {
    const told = () => {
      if (one.until < day) return `accepted until ${one.until}, which is past`;
      if (!Object.values(urls).some((url) => isFor(one, url))) return 'accepted at another endpoint only';
      const found = run.findings.filter(({ check, scenario }) => counting.get(scenario)?.get(check) === one);
      if (found.some(({ accepted }) => accepted)) return undefined;
      if (found.some(({ outcome }) => outcome === 'pass' || outcome === 'info'))
        return 'accepted, and no longer needed, since it holds';
      if (found.length > 0) return 'accepted, and not judged here';
      return selected(one, ids).length > 0
        ? 'accepted by an entry that says more, too'
        : 'accepted, and not tried here';
    };
    const words = told();
    return words === undefined ? [] : [line(`${words}: ${one.check} (${one.at})`)];
  });
}

/** Which acceptance counts for which check: the one that names it most fully, and of two alike the one for this endpoint alone. */
function counted(
  acceptances: readonly Acceptance[],
  url: string,
  ids: readonly string[],
  day: string,
): Map<string, Acceptance> {
  const ordered = acceptances
    .filter((one) => one.until >= day && isFor(one, url))
    .sort(
      (a, b) => a.check.length - b.check.length || Number(a.url !== undefined) - Number(b.url !== undefined),
    );
  return new Map(ordered.flatMap((one) => selected(one, ids).map((id) => [id, one] as const)));
}

const selected = ({ checks }: Acceptance, ids: readonly string[]): string[] =>
  ids.filter((id) => checks.includes(id));

/** `ws` and `http` are one; a query is not part of it. */
function isFor({ url }: Acceptance, endpoint: string): boolean {
  const placeOf = (text: string) => {
    const { protocol, host, pathname } = new URL(text.replace(/^ws/i, 'http'));
    return `${protocol}//${host}${pathname}`;
  };
  return url === undefined || placeOf(url) === placeOf(endpoint);
}
