import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { createSecureContext, connect as secure, TLSSocket } from 'node:tls';
import type { Intermediary } from '../../harness/model.js';
import { parseHostPort } from '../common/address.js';
import { Listener } from '../common/listener.js';
import { tunnel } from '../common/tunnel.js';

export interface GullibleOptions {
  /** The name that it asks for behind; none when absent. */
  asks?: string;
  /** It looks at the certificate after all, and has no word for a bad one: the client waits. */
  waits?: boolean;
}

/**
 * A forward proxy that opens the TLS inside CONNECT with the site's own certificate, and takes whatever certificate
 * it is shown behind. For tests of checks.
 */
export function gullible({ asks, waits = false }: GullibleOptions = {}): Intermediary {
  return {
    name: 'gullible-inspector',
    title: 'an inspector that believes everybody',
    role: 'forward',
    inspects: true,
    standIn: true,
    async embed(site) {
      const [cert, key, ca] = await Promise.all([site.cert, site.key, site.ca].map((file) => readFile(file)));
      const secureContext = createSecureContext({ cert, key });
      const server = http.createServer();
      const listener = await Listener.open(server, site.listen);
      server.on('connect', ({ url = '' }, client: Socket) => {
        const target = parseHostPort(url);
        if (!target) return void client.destroy();
        const raw = listener.keep(connect(target));
        raw.once('error', () => client.destroy());
        raw.once('connect', () => {
          client.write('HTTP/1.1 200 Connection established\r\n\r\n');
          const opened = new TLSSocket(client, { isServer: true, secureContext });
          const behind = secure({
            socket: raw,
            ca,
            rejectUnauthorized: false,
            ...(asks !== undefined && { servername: asks }),
          });
          if (!waits) return tunnel(opened, behind);
          behind.once('secureConnect', () => behind.authorized && tunnel(opened, behind));
        });
      });
      return listener;
    },
  };
}
