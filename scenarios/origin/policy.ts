import type { Probe, Target } from '../../harness/model.js';
import { isRefusal, type Seen, seen } from '../judging/seen.js';

/** The origin of a page that no server has reason to let in. */
export const FOREIGN = 'https://foreign.example';

/** What a server makes of the Origin of a handshake. */
export interface Policy {
  /** An origin that is let in, where one is known. */
  allowed?: string;
  /** Of the handshake with that origin, or with the last one that was tried. */
  own: Seen;
  /** Of the same handshake from a page of `FOREIGN`. */
  foreign: Seen;
}

/** The origin of a page that the server itself would show (RFC 6454 §4). */
export function originOf(url: string): string {
  return new URL(url.replace(/^ws/i, 'http')).origin;
}

/** Origins that are meant to be let in, the page's own first. */
export const meant = ({ origin, headers, allowedOrigins }: Target): string[] => [
  ...new Set([
    ...(origin === undefined ? [] : [origin]),
    ...headers.filter(([name]) => /^origin$/i.test(name)).map(([, value]) => value),
    ...allowedOrigins,
  ]),
];

/** Measured once for a place. */
export const policyOf = (probe: Probe): Promise<Policy> =>
  probe.once('origin/policy', async () => {
    const named = meant(probe.target).slice(0, 2);
    const [foreign, ...tried] = await Promise.all(
      [FOREIGN, ...(named.length > 0 ? named : [originOf(probe.route.url)])].map(async (origin) => ({
        origin,
        ...(await seen(probe, { change: { Origin: origin } })),
      })),
    );
    const own = tried.find(({ reception }) => reception === 'accepted') ?? tried.at(-1)!;
    return { own, foreign: foreign!, ...(own.reception === 'accepted' && { allowed: own.origin }) };
  });

/** Why the finer tricks cannot be judged here; undefined where the server lets its own origin in and refuses a foreign one. */
export function noPolicy({ allowed, own, foreign }: Policy): string | undefined {
  if (foreign.reception === 'accepted') return 'the server does not look at Origin: a foreign one is let in';
  if (!isRefusal(foreign)) return `it is not clear what becomes of a foreign origin: ${foreign.told}`;
  if (allowed === undefined)
    return `no origin is known that is let in (the last one tried: ${own.told}); say one with --origin`;
  return undefined;
}
