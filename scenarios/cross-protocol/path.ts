import type { Probe, Verdict } from '../../harness/model.js';
import type { Field } from '../../harness/protocol/index.js';
import { skip } from '../../harness/verdict.js';
import { told, viewOf } from '../opening/told.js';

/** Right, but written as nobody does who reads a head and writes it anew. */
export const ODD: Field = ['X-Gauntlet-Odd', '\t as  it was  written '];

/** What tells hops where to: `host:port`, and what stands before the path where a proxy is asked by GET (RFC 9112 §3.2.2). */
export function authorityOf({ route }: Probe): { host: string; prefix: string } {
  const url = new URL(route.url);
  const tls = url.protocol === 'wss:';
  const host = `${url.hostname}:${url.port || (tls ? 443 : 80)}`;
  return { host, prefix: route.proxy && route.method === 'GET' && !tls ? `http://${host}` : '' };
}

/** Why nothing can be said here of hops that read requests, if nothing can: there is none, or none is seen to. */
export async function unread(probe: Probe): Promise<Verdict | undefined> {
  if (!probe.ours) return skip('it takes the origin’s view, and this origin is not ours');
  const between = probe.hops.filter(({ role }) => role !== 'client' && role !== 'origin');
  if (between.length === 0) return skip('no hop stands between the client and the origin');
  const came = await probe.once('how a head with an odd field comes to the origin', async () => {
    const made = await probe.dial({ headers: [ODD] });
    const head = made.sent === '' ? undefined : (await viewOf(probe, made))?.head;
    return { head, same: head === made.sent, told: told(made) };
  });
  if (came.head === undefined) return skip(`no request comes to the origin here: ${came.told}`);
  if (!came.same) return undefined;
  const names = between.map(({ name }) => name).join(' and ');
  return skip(
    `${names} only relays octets here (TCP, or a tunnel by CONNECT): a raw tunnel is what was asked for`,
  );
}

/** The hops that may have read a request: all but TCP relays, for a proxy asked by CONNECT may look into the tunnel. */
export function readers(probe: Probe): string {
  const names = probe.hops
    .filter(({ role }) => role === 'reverse' || role === 'forward')
    .map(({ name }) => name);
  return names.length > 0 ? [...new Set(names)].join(' or ') : probe.suspect();
}

/** Handshake fields left out: what is left asks for a page. */
export const PLAIN = {
  Upgrade: undefined,
  Connection: undefined,
  'Sec-WebSocket-Key': undefined,
  'Sec-WebSocket-Version': undefined,
};

/** Looks again and again until it is so, or the time is over; whether it is so. */
export async function until(
  probe: Probe,
  isSo: () => boolean,
  withinMs = probe.patience.answerMs,
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!isSo() && performance.now() < deadline) await probe.wait(15);
  return isSo();
}
