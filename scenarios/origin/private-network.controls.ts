import { WebSocketServer } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, httpOrigin } from '../../harness/testing/subjects.js';

const answering = (title: string, headers: Record<string, string>) =>
  httpOrigin({ title }, (server) => {
    server.on('request', (_, response) => response.writeHead(204, headers).end());
    new WebSocketServer({ server }).on('connection', echoes);
  });

export default {
  sound: { origin: answering('no preflight', {}) },
  careless: { origin: answering('invites all', { 'Access-Control-Allow-Private-Network': 'true' }) },
  caught: 'info',
} satisfies Controls;
