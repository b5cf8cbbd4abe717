import { WebSocketServer } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, httpOrigin } from '../../harness/testing/subjects.js';

/** As websocket-extensions 0.1.3 read the value of a parameter: a backslash is also a character of its own. */
const QUOTED = /^a; b="((?:\\[\x00-\x7f]|[^\x00-\x08\x0a-\x1f\x7f"])*)"/;

export default {
  careless: {
    origin: httpOrigin({ title: 'ws behind a regular expression' }, (server) => {
      server.on('upgrade', ({ headers }) => QUOTED.test(String(headers['sec-websocket-extensions'])));
      new WebSocketServer({ server }).on('connection', (socket) => echoes(socket.on('error', () => {})));
    }),
  },
} satisfies Controls;
