import { randomBytes } from 'node:crypto';
import type { HttpAnswer, Probe, Sighting } from '../../harness/model.js';
import { authorityOf } from './path.js';

/** A page that is asked for after the attack, and by nobody before. */
export interface Victim {
  path: string;
  /** The octets of a request for it. */
  request: string;
  /** The attacker's end of a WebSocket, which answers everything with a page of his own. */
  attacker: string;
  /** The page of his own. */
  page: string;
}

export function newVictim(probe: Probe): Victim {
  const { host, prefix } = authorityOf(probe);
  const mark = randomBytes(6).toString('hex');
  const path = `/cache?page=${mark}&gauntlet=${mark}`;
  return {
    path,
    request: `GET ${prefix}${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    attacker: `/smuggle?mark=${mark}`,
    page: `attacker ${mark}`,
  };
}

export const askFor = (probe: Probe, { path }: Victim): Promise<HttpAnswer> =>
  probe.http(path, { withinMs: probe.patience.answerMs });

export const isGenuine = ({ status, body }: HttpAnswer): boolean => status === 200 && body === 'genuine\n';

/** Whether the octets of the request came to the attacker's end as they are. */
export const shows = (seen: Sighting | undefined, { request }: Victim): boolean =>
  seen !== undefined && Buffer.from(seen.raw).includes(request);

/** Why there is no cache here to poison, if there is none: the second GET of a page is not answered from the first. */
export function noCache(probe: Probe): Promise<string | undefined> {
  return probe.once('why nothing is kept', async () => {
    if (!probe.ours) return 'it takes the origin’s view, and this origin is not ours';
    const page = newVictim(probe);
    for (let times = 0; times < 2; times++) {
      const answer = await askFor(probe, page);
      if (!isGenuine(answer))
        return `a page that caches may keep does not get through: ${answer.failure ?? answer.status}`;
    }
    const token = /gauntlet=(\w+)/.exec(page.path)?.[1];
    const came = probe.sightings?.all().filter((sighting) => sighting.token === token).length;
    return came === 1 ? undefined : 'nothing on the way keeps pages, so there is no cache to poison';
  });
}

/** What the checks of smuggled requests have in common. */
export const common = {
  severity: 'critical',
  reach: 'intrusive',
  cwe: 'CWE-444',
  refs: [
    'RFC 6455 §10.3',
    'RFC 6455 §5.1',
    'https://www.adambarth.com/papers/2011/huang-chen-barth-rescorla-jackson.pdf',
  ],
  why: 'A proxy that does not know of the 101, or goes on looking for requests behind it, takes octets that an attacker chose for a request, and the octets that the attacker’s server sends back for the answer to it. Kept, that answer is what everybody behind the cache gets from then on, as a script of somebody else’s site for one.',
} as const;
