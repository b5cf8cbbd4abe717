import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import type { Site } from '../model.js';

/** Has a server listen where its site says; disposed of, it ends, and its connections with it. */
export async function up(server: Server, { listen }: Pick<Site, 'listen'>): Promise<AsyncDisposable> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket.on('error', () => {}).once('close', () => open.delete(socket)));
  });
  server.listen(listen.port, listen.host);
  await once(server, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
