import type { Server } from 'node:net';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** Whether a message or a body is to be stopped. */
export type Blocks = (payload: Buffer) => boolean;

export function blocker(pattern: string | RegExp): Blocks {
  if (typeof pattern === 'string') return (payload) => payload.includes(pattern);
  // Without the flags that make an expression remember where it was.
  const expression = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  return (payload) => expression.test(payload.toString());
}

/**
 * Ends WebSockets at messages to be blocked. mockttp tells of a message by its events only after passing it on. But
 * before it begins to pass messages it hands the socket to whoever listens for `ws-upgrade`, and what listens
 * to the messages first can close the far side, to which they then are not sent.
 */
export function blockMessages(server: Server, blocks: Blocks): void {
  server.prependListener('upgrade', (_request, socket: Duplex) => {
    socket.once('ws-upgrade', (client: WebSocket & { upstreamWebSocket?: WebSocket }) => {
      const upstream = client.upstreamWebSocket;
      // Nothing passes that could not be looked at.
      if (!upstream) return socket.destroy();
      const stop = (payload: unknown) => {
        if (!blocks(bytesOf(payload))) return;
        client.close(1008, 'blocked by content');
        upstream.terminate();
      };
      client.on('message', stop);
      upstream.on('message', stop);
      return undefined;
    });
  });
}

function bytesOf(payload: unknown): Buffer {
  return Array.isArray(payload) ? Buffer.concat(payload) : Buffer.from(payload as Buffer);
}
