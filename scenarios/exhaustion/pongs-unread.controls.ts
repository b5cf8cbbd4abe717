import type { Controls } from '../../harness/testing/controls.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';

export default {
  sound: { origin: wsOrigin({ title: 'ws' }) },
  careless: {
    origin: wsOrigin({ title: 'ws that keeps every pong' }, { autoPong: false }, (socket) => {
      echoes(socket);
      socket.on('ping', (data) => socket.pong(data));
    }),
  },
  caught: 'warn',
} satisfies Controls;
