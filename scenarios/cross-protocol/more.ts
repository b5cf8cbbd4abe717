import { randomBytes } from 'node:crypto';
import type { Dial, DialOptions, Probe, Sighting } from '../../harness/model.js';
import { parseRequest } from '../../harness/protocol/index.js';
import { authorityOf, ODD, PLAIN, until } from './path.js';

/** What is sent on a connection after its first request. */
export interface More {
  what: string;
  octets: Buffer;
  /** By which the origin knows it again. */
  mark: string;
}

const freshMark = () => randomBytes(6).toString('hex');

/** A right request, written so that no hop that reads it passes it on octet for octet. */
export function anotherRequest(probe: Probe): More {
  const { host, prefix } = authorityOf(probe);
  const mark = freshMark();
  const lines = [
    `GET ${prefix}/status/203?gauntlet=${mark} HTTP/1.1`,
    ODD.join(': '),
    `hOST: ${host}`,
    'Connection: keep-alive, X-Gauntlet-Listed',
    'X-Gauntlet-Listed: by Connection',
  ];
  return { what: 'a second request', octets: Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), mark };
}

export function otherOctets(): More {
  const mark = freshMark();
  return { what: 'other octets', octets: Buffer.from(`\x01\x02 ${mark}\r\n\r\n`, 'latin1'), mark };
}

/** More that was sent behind a first request, and what is known of it. */
export interface Sent extends More {
  first: Dial;
  /** The status that it was answered with. */
  status: number | undefined;
  /** The client's connection had ended. */
  ended: boolean;
}

/** Makes a first request and sends more on its connection: in the same write, or once it is answered. */
export async function sendMore(
  probe: Probe,
  more: More,
  first: DialOptions,
  inOneWrite = false,
): Promise<Sent> {
  const made = await probe.dial({ ...first, ...(inOneWrite && { early: more.octets }) });
  if (!inOneWrite) made.peer?.send(more.octets);
  const status = () => {
    const answer = /HTTP\/1\.[01] (\d{3})/.exec(Buffer.from(made.peer?.received() ?? []).toString('latin1'));
    return answer ? Number(answer[1]) : undefined;
  };
  const ended = () => !made.peer?.open;
  await until(probe, () => status() !== undefined || ended() || cameUnread(probe, more, made));
  return { ...more, first: made, status: status(), ended: ended() };
}

/** Whether it came to the origin octet for octet, on the connection that the first request came by. */
export function cameUnread(probe: Probe, more: More, first: Dial): boolean {
  const all = probe.sightings?.all() ?? [];
  const before = all.find(({ token }) => token === first.token);
  return all.some(({ head, raw, connection }) => {
    if (before && connection !== before.connection) return false;
    return head === more.octets.toString('latin1') || Buffer.from(raw).includes(more.octets);
  });
}

/** The request of that mark as it came to the origin. */
export function requestOf(probe: Probe, { mark }: More): Sighting | undefined {
  return probe.sightings?.all().find(({ token }) => token === mark);
}

/** How a head is written: what hops that read it have done to it, whatever the values are. */
export function styleOf(head: string): string {
  const { method, version, fields } = parseRequest(Buffer.from(head, 'latin1'));
  return [method, version, ...fields.map(([name]) => name.toLowerCase())].join(' ');
}

/** How another request comes to the origin that follows a page on its connection; undefined where none does. */
export async function usualStyle(probe: Probe): Promise<string | undefined> {
  const more = anotherRequest(probe);
  await sendMore(probe, more, { path: '/status/200', change: PLAIN });
  const head = requestOf(probe, more)?.head;
  return head === undefined ? undefined : styleOf(head);
}
