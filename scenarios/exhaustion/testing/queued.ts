import type { WebSocket } from 'ws';
import { wsOrigin } from '../../../harness/testing/subjects.js';

const TICK_MS = 10;
const A_TICK = 12;

/**
 * A ws server that works off the messages of all its clients one after another, 1200 a second: who comes after a
 * flood waits. It waits without keeping its thread busy, which it may share with others here.
 */
export function queued(options: Parameters<typeof wsOrigin>[1] = {}) {
  let queue: { socket: WebSocket; act: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const work = () => {
    queue = queue.filter(({ socket }) => socket.readyState === socket.OPEN);
    for (const { act } of queue.splice(0, A_TICK)) act();
    if (queue.length > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  return wsOrigin({ title: 'ws with one queue for all' }, options, (socket: WebSocket) => {
    socket.on('message', (data, binary) => {
      queue.push({ socket, act: () => socket.send(data, { binary }) });
      timer ??= setInterval(work, TICK_MS);
    });
  });
}
