import type { Controls } from '../../harness/testing/controls.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';

export default {
  careless: {
    origin: wsOrigin({ title: 'ws that answers each ping three times' }, { autoPong: false }, (socket) => {
      echoes(socket);
      socket.on('ping', (data) => {
        for (let times = 0; times < 3; times++) socket.pong(data);
      });
    }),
  },
} satisfies Controls;
