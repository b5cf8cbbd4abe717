import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { Address } from '../model.js';
import { Passage } from './passage.js';
import type { TapConnection } from './tap-connection.js';

/** Octets that one tap keeps of all its connections; past it, octets are counted. */
const MOST_KEPT = 64 * 1024 * 1024;
/** Connections that one tap records; those after them are passed on unrecorded. */
const MOST_CONNECTIONS = 2048;

export interface TapOptions {
  /** Where to listen; port 0 for any that is free. */
  listen: Address;
  upstream: Address;
  /** The name of the stretch that it stands in: `client → nginx`. */
  segment: string;
  /** Octets of the beginning of each direction that are kept; 256 KiB when absent. */
  first?: number;
  /** ms; `performance.now` when absent. */
  clock?: () => number;
}

/** A relay that records one segment of a path. */
export interface Tap extends AsyncDisposable {
  readonly segment: string;
  /** Where it listens. */
  readonly address: Address;
  readonly upstream: Address;
  readonly connections: readonly TapConnection[];
  /** Connections past the bound, which were passed on and not recorded. */
  readonly unrecorded: number;
}

/**
 * Stands between a client and `upstream`, passes everything on as it came, and records it. FIN stays FIN, each
 * direction by itself; RST stays RST; it has no timeouts, and reads no faster than the other side takes.
 *
 * What it cannot hide: the client's connect succeeds before the upstream was asked, so a refused connection comes as
 * an RST after the accept; TCP keepalive probes and segment boundaries end at it; an RST that comes while octets
 * before it are not taken is seen when they are, and one that comes after a FIN when something is written to that side.
 *
 * @throws the system's error when it cannot listen (`EADDRINUSE` …)
 */
export async function startTap(options: TapOptions): Promise<Tap> {
  const { listen, upstream, segment, clock = () => performance.now() } = options;
  const connections: TapConnection[] = [];
  const budget = { left: MOST_KEPT, ...(options.first !== undefined && { first: options.first }) };
  const open = new Set<Socket>();
  let unrecorded = 0;

  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const onward = net.connect({ ...upstream, allowHalfOpen: true, noDelay: true });
    for (const socket of [client, onward]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    }
    const id = connections.length + unrecorded + 1;
    const recorded = connections.length < MOST_CONNECTIONS;
    const budgetHere = recorded ? budget : { left: 0 };
    const passage = new Passage(client, onward, { id, segment, upstream, clock, budget: budgetHere });
    if (recorded) connections.push(passage);
    else unrecorded++;
  });
  server.listen(listen.port, listen.host);
  await once(server, 'listening');
  const { address: host, port } = server.address() as AddressInfo;

  return {
    segment,
    address: { host, port },
    upstream,
    connections,
    get unrecorded() {
      return unrecorded;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
