import { Agent } from 'node:https';
import { checkServerIdentity } from 'node:tls';
import WebSocket from 'ws';
import type { Client, Route } from '../model.js';

/** `ws` with what Node.js lets pass refused as well: no subjectAltName, and keys below 112 bits of security. */
export const strictClient = (): Client => ({
  name: 'ws, strict',
  open: (route, options) => open(route, options?.path),
});

async function open({ url, ca, servername }: Route, path = '/echo') {
  const agent = new Agent({
    ...(ca !== undefined && { ca }),
    ...(servername !== undefined && { servername }),
    ciphers: 'DEFAULT@SECLEVEL=2',
    checkServerIdentity: (name, cert) =>
      cert.subjectaltname ? checkServerIdentity(name, cert) : new Error('there is no subjectAltName'),
  });
  const socket = new WebSocket(url + path, { agent });
  let failure: string | undefined;
  socket.on('error', (fault) => {
    failure = fault.message;
  });
  await new Promise<void>((resolve) => {
    socket.once('open', () => resolve());
    socket.once('close', () => resolve());
  });
  return {
    opened: socket.readyState === WebSocket.OPEN,
    ...(failure !== undefined && { failure }),
    send: (data: string | Uint8Array) => socket.send(data),
    next: async () => undefined,
    ended: async () => undefined,
    async [Symbol.asyncDispose]() {
      socket.terminate();
    },
  };
}
