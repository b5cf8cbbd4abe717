import type { WebSocket } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';

const greeting = (title: string, state: object) =>
  wsOrigin({ title }, {}, (socket: WebSocket) => {
    socket.send(JSON.stringify(state));
    echoes(socket);
  });

export default {
  sound: { origin: greeting('greets with a room', { room: 'lobby', members: 3 }) },
  careless: { origin: greeting('greets with a key', { room: 'lobby', storage: 'AKIAIOSFODNN7EXAMPLE' }) },
} satisfies Controls;
