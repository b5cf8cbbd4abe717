import type { WebSocket } from 'ws';
import { wsOrigin } from '../../../harness/testing/subjects.js';

const TICK_MS = 10;

/**
 * A ws server that works off the messages of all its clients one after another, so many a tick of 10 ms: who comes after a
 * flood waits. It waits without keeping its thread busy, which it may share with others here.
 */
export function queued(perTick: number, options: Parameters<typeof wsOrigin>[1] = {}) {
  const queue: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const work = () => {
    for (const act of queue.splice(0, perTick)) act();
    if (queue.length > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  return wsOrigin({ title: 'ws with one queue for all' }, options, (socket: WebSocket) => {
    socket.on('message', (data, binary) => {
      queue.push(() => socket.send(data, { binary }));
      timer ??= setInterval(work, TICK_MS);
    });
  });
}
