import type { Origin } from '../../../harness/model.js';
import { wsOrigin } from '../../../harness/testing/subjects.js';

const MOST_WAITING = 1024 * 1024;

/** A ws server that reads no further while much waits to be sent. */
export const backpressure: Origin = wsOrigin({ title: 'ws with backpressure' }, {}, (socket) => {
  const resume = () => {
    if (socket.bufferedAmount < MOST_WAITING) socket.resume();
  };
  socket.on('message', (data, binary) => {
    socket.send(data, { binary }, resume);
    if (socket.bufferedAmount > MOST_WAITING) socket.pause();
  });
});
