import { readFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Site } from '../model.js';
import { Connection } from './connection.js';

/** What a careless origin gets wrong; see `careless`. */
export type Sins = ReadonlySet<string>;

/** Listens at the site, in clear or with its certificate, and talks to whoever comes. */
export async function serve(site: Site, options: { tls: boolean; sins: Sins }): Promise<AsyncDisposable> {
  const context = options.tls
    ? createSecureContext({
        cert: await readFile(site.cert),
        key: await readFile(site.key),
        // A subject with a weak key has to be able to show it.
        ciphers: 'DEFAULT@SECLEVEL=0',
      })
    : undefined;
  const open = new Set<Connection>();
  const memory = new Map<string, unknown>();
  let count = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (raw: Socket) => {
    const connection = new Connection(raw, ++count, site, options.sins, memory);
    open.add(connection);
    raw.once('close', () => open.delete(connection));
    if (!context) return connection.start(raw);
    const secure = new TLSSocket(raw, {
      isServer: true,
      secureContext: context,
      ALPNProtocols: ['http/1.1'],
    });
    connection.start(secure);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(site.listen.port, site.listen.host, resolve);
  });
  return {
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done));
      for (const connection of open) connection.destroy();
      await closed;
    },
  };
}
