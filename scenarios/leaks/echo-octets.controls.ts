import type { WebSocket } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

/** Sends back as much as fits its buffer, whatever was in it before. */
const padded = (data: Buffer): Buffer =>
  data.length > 100 && data.length < 126 ? Buffer.concat([data, Buffer.from('…of somebody else')]) : data;

export default {
  careless: {
    origin: wsOrigin({ title: 'echoes out of a buffer' }, {}, (socket: WebSocket) => {
      socket.on('message', (data: Buffer, binary) => socket.send(padded(data), { binary }));
    }),
  },
} satisfies Controls;
