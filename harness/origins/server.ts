import { constants } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { Site } from '../model.js';
import { Connection } from './connection.js';

/** The content type of a TLS record that begins a handshake (RFC 8446 §5.1). */
const TLS_HANDSHAKE = 22;

/** Octets of all its connections that are kept as they were; past it, octets are counted. */
const MOST_KEPT = 64 * 1024 * 1024;

/** What a careless origin gets wrong; see `careless`. */
export type Sins = ReadonlySet<string>;

export interface ServeOptions {
  tls: boolean;
  sins: Sins;
  /** Instead of the site's certificate files. */
  pem?: { cert: string; key: string };
}

/** Listens at the site, in clear or with its certificate, and talks to whoever comes. Port 0 takes a free one. */
export async function serve(
  site: Site,
  options: ServeOptions,
): Promise<AsyncDisposable & { readonly port: number }> {
  const { tls, sins } = options;
  const context = tls ? await contextOf(site, options) : undefined;
  const open = new Set<Connection>();
  const memory = new Map<string, unknown>();
  const budget = { left: MOST_KEPT };
  let count = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (raw: Socket) => {
    const connection = new Connection(raw, ++count, site, sins, memory, budget);
    open.add(connection);
    raw.once('close', () => open.delete(connection));
    if (!context) return connection.start(raw);
    const ALPNProtocols = [...(sins.has('h2') ? ['h2'] : []), 'http/1.1'];
    const secure = () => {
      const stream = new TLSSocket(raw, { isServer: true, secureContext: context, ALPNProtocols });
      return site.keyLog ? stream.on('keylog', site.keyLog) : stream;
    };
    if (!sins.has('clear-too')) return connection.start(secure());
    raw.once('error', () => {});
    raw.once('readable', () => {
      const first = raw.read() as Buffer | null;
      if (first) raw.unshift(first);
      connection.start(first?.[0] === TLS_HANDSHAKE ? secure() : raw);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(site.listen.port, site.listen.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done));
      for (const connection of open) connection.destroy();
      await closed;
    },
  };
}

async function contextOf(site: Site, { pem, sins }: ServeOptions): Promise<SecureContext> {
  return createSecureContext({
    cert: pem?.cert ?? (await readFile(site.cert)),
    key: pem?.key ?? (await readFile(site.key)),
    // A subject with a weak key has to be able to show it.
    ciphers: 'DEFAULT@SECLEVEL=0',
    // Of a resumed session the server name is not told.
    secureOptions: constants.SSL_OP_NO_TICKET,
    ...(sins.has('old-tls') && { minVersion: 'TLSv1' as const }),
  });
}
