import type { Check } from '../../harness/model.js';
import { fail, pass, warn } from '../../harness/verdict.js';
import { chainAt, titleOf } from './session.js';

const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

export default {
  title: 'No certificate is out of its time, or will be within two weeks',
  requirement:
    'The certificate validity period includes the current time, for every certificate of the chain.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-298',
  refs: ['RFC 5280 §6.1.3', 'RFC 6455 §4.1'],
  judges: 'endpoint',
  why: 'Past its end clients cannot connect, all at the same moment; and nobody keeps track of the revocation of a certificate that has expired.',
  remedy: 'Renew certificates by a program (ACME), well before their end, and have the server load them.',
  async run(probe) {
    const found = await chainAt(probe);
    if ('not' in found) return found.not;
    const { session, leaf, chain } = found;
    const now = Date.now();
    // Of what is sent along and not needed, clients take no notice: a cross-signature that ran out, for one.
    const needed = session.distrust === undefined ? [leaf] : chain;
    const first = needed.reduce((a, b) => (b.to < a.to ? b : a));
    const days = Math.floor((first.to - now) / DAY_MS);
    const extras = { measured: { daysLeft: days }, blame: probe.suspect() };
    const early = needed.find(({ from }) => from > now);
    if (early)
      return fail('valid now', `${titleOf(early, leaf)} is valid from ${dateOf(early.from)} only`, extras);
    if (needed.some(({ from, to }) => Number.isNaN(from) || Number.isNaN(to)))
      return fail('a validity that can be read', 'the validity of a certificate is no time', extras);
    const until = `until ${dateOf(first.to)}`;
    if (first.to < now) return fail('valid now', `${titleOf(first, leaf)} was valid ${until}`, extras);
    // Those that live for days only are renewed when a third of that is left.
    const soon = Math.min(SOON_DAYS * DAY_MS, (first.to - first.from) / 3);
    if (first.to - now < soon)
      return warn(`${titleOf(first, leaf)} is valid ${until}, ${days} days more`, {
        ...extras,
        severity: 'medium',
      });
    return pass(`valid ${until}`, { measured: { daysLeft: days } });
  },
} satisfies Check;

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
