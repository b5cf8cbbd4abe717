import type { WebSocket } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';

export default {
  careless: {
    origin: wsOrigin({ title: 'closes out of a buffer' }, {}, (socket: WebSocket) => {
      echoes(socket);
      const close = socket.close.bind(socket);
      // What answers a Close calls it with what was received.
      socket.close = (code, reason) =>
        close(
          code,
          reason && reason.length === 20
            ? Buffer.concat([Buffer.from(reason), Buffer.from('s3cret')])
            : reason,
        );
    }),
  },
} satisfies Controls;
