import type { Controls } from '../../harness/testing/controls.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';

const counting = wsOrigin({ title: 'ends connections at an age' }, {}, (socket) => {
  echoes(socket);
  const timer = setTimeout(() => socket.close(1000), 700);
  socket.once('close', () => clearTimeout(timer));
});

export default {
  careless: { origin: counting, patience: { limitMs: 1500 } },
} satisfies Controls;
