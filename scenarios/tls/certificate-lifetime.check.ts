import type { Check } from '../../harness/model.js';
import { pass, warn } from '../../harness/verdict.js';
import { chainAt } from './session.js';

const DAY_MS = 86_400_000;
/** With the day that they are given for clocks. */
const MOST_PUBLIC = 399;
const MOST_PRIVATE = 826;

export default {
  title: 'The certificate is not made for years',
  requirement: 'A certificate is valid for at most 398 days; one of a CA of one’s own for at most 825.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-324',
  refs: ['CA/Browser Forum Baseline Requirements §6.3.2', 'https://support.apple.com/en-us/103769'],
  judges: 'endpoint',
  why: 'A key that was lost is good until the certificate ends, for revocation reaches few clients. Browsers refuse those that are made for longer.',
  remedy: 'Renew certificates by a program (ACME), for 90 days and less.',
  async run(probe) {
    const found = await chainAt(probe);
    if ('not' in found) return found.not;
    const { session, leaf } = found;
    const days = Math.round((leaf.to - leaf.from) / DAY_MS);
    const measured = { days };
    const open = probe.route.ca === undefined && session.distrust === undefined;
    const most = open ? MOST_PUBLIC : MOST_PRIVATE;
    if (days <= most) return pass(`made for ${days} days`, { measured });
    const actual = `made for ${days} days`;
    return warn(actual, { measured, expected: `at most ${most - 1} days`, actual, blame: probe.suspect() });
  },
} satisfies Check;
