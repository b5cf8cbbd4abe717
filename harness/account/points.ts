import { findIn, insideOf, type Point, sideOf, type Tap } from '../evidence/index.js';
import type { Address, Route, Service, Sightings, Transcript } from '../model.js';

/** One connection that a check made: its token, when it was there, and what our client has of it. */
export interface Attempt {
  token: string;
  /** ms on the clock of the run. */
  from: number;
  transcript?: Transcript;
  /** Other connections brought the same token, so that what is found by it may be of any. */
  ambiguous?: true;
}

/** What there is to go by at a place. */
export interface Recorded {
  taps: readonly Tap[];
  /** Client's side first. */
  hops: readonly Pick<Service, 'name' | 'address' | 'runtime' | 'logs'>[];
  route: Route;
  sightings?: Sightings;
}

const USUAL_PORT: Readonly<Record<string, number>> = { 'wss:': 443, 'https:': 443, 'socks5:': 1080 };

/** Whether it can be followed: some checks put up a far end of their own, and some use one token again. */
export function isAlong({ route }: Recorded, { transcript, ambiguous }: Attempt): boolean {
  if (ambiguous) return false;
  if (!transcript) return true;
  const url = new URL(route.proxy ?? route.url);
  const port = (route.proxy ? undefined : route.at?.port) ?? Number(url.port);
  return transcript.upstream.port === (port || USUAL_PORT[url.protocol] || 80);
}

/** What the origin has of the connection that brought the request with that token. */
export const originOf = ({ sightings }: Recorded, token: string): Transcript | undefined =>
  sightings?.all().findLast((one) => one.token === token)?.transcript;

/** What is known of a connection on one segment. */
export interface Sight {
  point: Point;
  /** Whether a tap recorded it, and not only an end of ours. */
  tapped: boolean;
  /** What the hop that the segment leads to takes for its client. */
  client?: Address;
}

/** A hop may connect onwards when its client is gone already. */
const LATE_MS = 100;

/** The connection on each segment of the path, client's side first: by a tap where one stands, else by our own ends. */
export function sightsOf(recorded: Recorded, attempt: Attempt): Sight[] {
  const { hops, sightings } = recorded;
  const { from, transcript } = attempt;
  const lifetime = [from, (transcript?.endedAt ?? performance.now()) + LATE_MS] as const;
  const far =
    originOf(recorded, attempt.token) ?? (sightings && othersAtOrigin(sightings, attempt, lifetime));
  const names = ['client', ...hops.map(({ name }) => name), 'origin'];
  return names.slice(1).map((name, index): Sight => {
    const first = index === 0 ? attempt.transcript : undefined;
    const last = index === hops.length && far && far !== 'unrecorded' ? far : undefined;
    const tap = tapBefore(recorded, index);
    if (!tap) {
      const own =
        index === 0 ? (first ?? 'unrecorded') : index === hops.length && sightings ? far : 'unrecorded';
      const point = own && own !== 'unrecorded' ? sideOf(own, `${names[index]} → ${name}`) : own;
      return { point, tapped: false, ...(first && { client: first.client }) };
    }
    const found =
      (first && nearest(tap, first, ({ client }) => client.port === first.client.port)) ??
      (last && nearest(tap, last, ({ through }) => through?.port === last.client.port)) ??
      findIn(tap, attempt.token, lifetime);
    if (!found || found === 'unrecorded') return { point: found, tapped: true };
    const side = sideOf(found);
    const plain = (first ?? last)?.plain;
    const point = plain ? { ...side, plain: insideOf(plain, side) } : side;
    return { point, tapped: true, ...(found.through && { client: found.through }) };
  });
}

/** The tap that leads to that hop, or to the origin. */
function tapBefore({ taps, hops }: Recorded, index: number): Tap | undefined {
  const leadsTo =
    ({ address }: Recorded['hops'][number]) =>
    (tap: Tap) =>
      tap.upstream.host === address.host && tap.upstream.port === address.port;
  const hop = hops[index];
  return hop ? taps.find(leadsTo(hop)) : taps.find((tap) => !hops.some((one) => leadsTo(one)(tap)));
}

/** Ports are used again: of several the one that was opened at the same time. */
function nearest(tap: Tap, own: Transcript, isIt: (connection: Tap['connections'][number]) => boolean) {
  const away = ({ openedAt }: { openedAt: number }) => Math.abs(openedAt - own.openedAt);
  return tap.connections.filter(isIt).sort((a, b) => away(a) - away(b))[0];
}

/** Where the origin has nothing that names the attempt: `unrecorded` where it may be something that names none. */
function othersAtOrigin(
  sightings: Sightings,
  { transcript }: Attempt,
  [from, to]: readonly [number, number],
): 'unrecorded' | undefined {
  const seen = sightings.all();
  const named = new Set(seen.flatMap(({ token, transcript }) => (token === undefined ? [] : [transcript])));
  const asked = transcript && pathsIn(transcript);
  const maybe = seen.some(({ head, transcript: one }) => {
    if (!one || named.has(one) || one.openedAt > to || (one.endedAt ?? to) < from) return false;
    // A hop may take the query away, but for another path somebody else has asked.
    const path = head && PATH.exec(head)?.[1];
    return !asked || path === undefined || asked.includes(path);
  });
  return maybe ? 'unrecorded' : undefined;
}

const PATH = /^[A-Z]+ (?:[a-z]+:\/\/[^/ ]*)?(\/[^? ]*)/;

/** The paths that were asked for, in clear or inside of TLS. */
function pathsIn({ events, plain = [] }: Transcript): string[] {
  return [events, plain].flatMap((all) => {
    const text = all
      .flatMap(({ from, bytes }) =>
        from === 'client' && bytes ? [Buffer.from(bytes).toString('latin1')] : [],
      )
      .join('')
      .slice(0, 16_384);
    return [...text.matchAll(new RegExp(PATH, 'gm'))].map(([, path]) => path!);
  });
}
