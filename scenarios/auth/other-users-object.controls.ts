import type { WebSocket } from 'ws';
import type { Target } from '../../harness/model.js';
import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

const target: Partial<Target> = {
  headers: [['Cookie', 'user=ann']],
  hello: '{"get":"letters of ann"}',
  expect: /Dear Ann/,
  as: { name: 'ann', headers: [['Cookie', 'user=ann']] },
  other: { name: 'bob', headers: [['cookie', 'user=bob']] },
};

const letters = (title: string, judges: boolean) =>
  wsOrigin({ title }, {}, (socket: WebSocket, { headers }) => {
    socket.on('message', () =>
      socket.send(
        judges && headers.cookie !== 'user=ann' ? '{"error":"not yours"}' : '{"letter":"Dear Ann"}',
      ),
    );
  });

export default {
  sound: { origin: letters('looks whose letters they are', true), target },
  careless: { origin: letters('gives letters to whoever asks', false), target },
} satisfies Controls;
