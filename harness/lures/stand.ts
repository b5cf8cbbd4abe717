import { constants } from 'node:crypto';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { Authority, Lure } from '../model.js';
import { LiveVisit, type Note } from './visit.js';

/** The name that programs are told: the only one that is sure to lead to this machine. */
export const HOST = 'localhost';
/** The name that clients of ours are told to ask for. */
export const NAME = 'far-end.test';
const ADDRESS = '127.0.0.1';
const ADDRESS_6 = '::1';
/** Connections at the same time; whoever makes more is not served. */
const MOST_OPEN = 256;

/** A lure's server, on a port of this machine. */
export interface Stand extends AsyncDisposable {
  readonly port: number;
  readonly visits: readonly LiveVisit[];
  /** TLS handshakes that failed, with the reason. */
  readonly failures: readonly string[];
  /** Settles once a connection is over that brought no request. */
  readonly turnedAway: Promise<void>;
  readonly turned: boolean;
}

/** Puts it up; its certificate is for `name` above all. Requests that ask for no WebSocket get a 404 and do not count. */
export async function putUp(
  authority: Authority,
  { certificate, tls, serve }: Lure,
  note: Note,
  name: string,
): Promise<Stand> {
  const context = certificate && contextOf(authority, name, certificate, tls);
  const visits: LiveVisit[] = [];
  const failures: string[] = [];
  const open = new Set<Socket>();
  let over = false;
  let turned = false;
  let turn!: () => void;
  const turnedAway = new Promise<void>((resolve) => {
    turn = () => {
      turned = true;
      resolve();
    };
  });
  const take = (raw: Socket) => {
    if (over || open.size >= MOST_OPEN) return void raw.destroy();
    open.add(raw);
    raw.once('close', () => open.delete(raw));
    const stream = context
      ? new TLSSocket(raw, { isServer: true, secureContext: context, ALPNProtocols: ['http/1.1'] })
      : raw;
    if (stream !== raw) {
      stream.once('error', (fault: NodeJS.ErrnoException) => {
        if (failures.length < 16) failures.push(fault.code ?? fault.message);
      });
    }
    const visit = new LiveVisit(stream, raw, note);
    void visit.requested.then(async (whole) => {
      if (!whole) return turn();
      if (!visit.asksForWebSocket) return void stream.end(NOT_FOUND);
      const { servername } = stream as { servername?: string | false };
      if (typeof servername === 'string') visit.servername = servername;
      visits.push(visit);
      await serve(visit);
    });
  };
  const { port, servers } = await listen(take);
  return {
    port,
    visits,
    failures,
    turnedAway,
    get turned() {
      return turned;
    },
    async [Symbol.asyncDispose]() {
      // Somebody may be on the way in.
      over = true;
      const closed = servers.map((server) => new Promise((done) => server.close(done)));
      for (const raw of open) raw.destroy();
      await Promise.all(closed);
    },
  };
}

const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** On both loopback addresses where there are two: a name may lead to either. */
async function listen(take: (raw: Socket) => void): Promise<{ port: number; servers: Server[] }> {
  const make = () => createServer({ allowHalfOpen: true, noDelay: true }, take);
  const first = make();
  await up(first, 0, ADDRESS);
  const { port } = first.address() as AddressInfo;
  const second = make();
  const both = await up(second, port, ADDRESS_6).then(
    () => true,
    () => false,
  );
  return { port, servers: both ? [first, second] : [first] };
}

function up(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

function contextOf(
  authority: Authority,
  name: string,
  kind: NonNullable<Lure['certificate']>,
  version: Lure['tls'],
): SecureContext {
  return createSecureContext({
    ...authority.leaf([...new Set([name, NAME, HOST, ADDRESS, ADDRESS_6])], kind),
    // What is to be refused has to be shown first.
    ciphers: 'DEFAULT@SECLEVEL=0',
    secureOptions: constants.SSL_OP_NO_TICKET,
    ...(version && { minVersion: 'TLSv1' as const, maxVersion: version }),
  });
}
