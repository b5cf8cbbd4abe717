import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

const slow = wsOrigin({ title: 'holds messages back' }, {}, (socket) => {
  socket.on('message', (data, binary) => setTimeout(() => socket.send(data, { binary }), 600));
});

export default { careless: { origin: slow }, caught: 'warn' } satisfies Controls;
