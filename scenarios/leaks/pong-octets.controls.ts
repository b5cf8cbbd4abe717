import type { WebSocket } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';

const leftover = Buffer.from('password of the user before');

export default {
  careless: {
    origin: wsOrigin({ title: 'pongs out of a buffer' }, { autoPong: false }, (socket: WebSocket) => {
      echoes(socket);
      socket.on('ping', (data) => socket.pong(data.length === 7 ? Buffer.concat([data, leftover]) : data));
    }),
  },
} satisfies Controls;
