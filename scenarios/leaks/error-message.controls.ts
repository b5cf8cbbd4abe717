import type { WebSocket } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

const answering = (title: string, tell: (error: Error) => string | undefined) =>
  wsOrigin({ title }, {}, (socket: WebSocket) => {
    socket.on('message', (data) => {
      try {
        const { id } = JSON.parse(String(data)) as { id: { of: string } };
        socket.send(id.of.trim());
      } catch (error) {
        socket.send(JSON.stringify({ error: tell(error as Error) }));
      }
    });
  });

export default {
  sound: { origin: answering('answers with a code', () => 'bad request') },
  careless: { origin: answering('answers with the stack', ({ stack }) => stack) },
} satisfies Controls;
