import type { Dial, Probe } from '../../harness/model.js';

/** What came of asking for a tunnel. `tried`: the proxy attempted it and failed. */
export interface Tunnel {
  port: number;
  what: 'opened' | 'tried' | 'refused' | 'unclear';
  /** Of the answer that shows it. */
  status?: number;
}

type Shown = Omit<Tunnel, 'port'>;

/** Asks the forward proxy by CONNECT for another port of the host that it leads to anyway. */
export async function tunnelTo(probe: Probe, port: number): Promise<Tunnel> {
  const { hostname } = new URL(probe.route.url);
  const ask = (scheme: 'ws' | 'wss') =>
    probe.dial({
      route: { ...probe.route, url: `${scheme}://${hostname}:${port}`, method: 'CONNECT' },
      tls: { trustAll: true },
    });
  const made = await ask('ws');
  if (made.sent === '') return { port, ...byStatus(made.proxyStatus) };
  // A proxy that looks into TLS says 200 to everybody, and inside the TLS what it has to say.
  const inside = behind200(made) ?? behind200(await ask('wss'));
  return { port, ...(inside ?? { what: 'unclear', status: 200 }) };
}

/** What is to be seen through a tunnel that was promised; undefined where it ended without an octet. */
function behind200({ sent, handshake, answer, peer }: Dial): Shown | undefined {
  if (sent === '') return undefined;
  const { what, status } = byStatus(answer?.status);
  if (status === 403 || what === 'tried') return { what, status: status! };
  const silent = handshake === 'reset' && !peer?.received().length;
  return silent ? undefined : { what: 'opened' };
}

function byStatus(status: number | undefined): Shown {
  if (status === undefined) return { what: 'unclear' };
  if (status >= 502 && status <= 504) return { what: 'tried', status };
  const refused = (status >= 400 && status < 500 && status !== 407) || status === 501;
  return { what: refused ? 'refused' : 'unclear', status };
}
