import { WebSocketServer } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, httpOrigin } from '../../harness/testing/subjects.js';

const setting = (cookie: string) =>
  httpOrigin({ title: `sets ${cookie}` }, (server) => {
    server.on('request', (_, response) => response.writeHead(200, { 'Set-Cookie': cookie }).end());
    new WebSocketServer({ server }).on('connection', echoes);
  });

export default {
  sound: { origin: setting('__Host-sid=1; Path=/; Secure; HttpOnly; SameSite=Lax') },
  careless: { origin: setting('sid=1; Path=/; HttpOnly') },
  caught: 'warn',
} satisfies Controls;
