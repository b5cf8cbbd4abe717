import type { WebSocket } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';

const target = { hello: '{"type":"login","token":"4f6a1c"}', expect: /"type":"login"/ };

const waiting = (title: string, ms?: number) =>
  wsOrigin({ title }, {}, (socket: WebSocket) => {
    echoes(socket);
    if (ms === undefined) return;
    const deadline = setTimeout(() => socket.close(4408, 'login timeout'), ms);
    socket.once('message', () => clearTimeout(deadline)).once('close', () => clearTimeout(deadline));
  });

export default {
  sound: { origin: waiting('ws that waits 900 ms for a login', 900), target },
  careless: { origin: waiting('ws that waits for ever'), target },
  caught: 'warn',
} satisfies Controls;
