import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { createSecureContext, connect as secure, TLSSocket } from 'node:tls';
import type { Intermediary } from '../../harness/model.js';
import { parseHostPort } from '../common/address.js';
import { Listener } from '../common/listener.js';
import { tunnel } from '../common/tunnel.js';

/**
 * A forward proxy that opens the TLS inside CONNECT with the site's own certificate, takes whatever certificate it
 * is shown behind, and asks for no name there. For tests of checks.
 */
export function gullible(): Intermediary {
  return {
    name: 'gullible-inspector',
    title: 'an inspector that believes everybody',
    role: 'forward',
    inspects: true,
    standIn: true,
    async embed(site) {
      const [cert, key] = await Promise.all([readFile(site.cert), readFile(site.key)]);
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
          tunnel(opened, secure({ socket: raw, rejectUnauthorized: false }));
        });
      });
      return listener;
    },
  };
}
