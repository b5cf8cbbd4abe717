import type { WebSocket } from 'ws';
import { wsOrigin } from '../../../harness/testing/subjects.js';

/** Echoes what is short. */
const session = (socket: WebSocket): void => {
  socket.on('message', (data: Buffer, binary) => {
    if (data.length < 100_000) socket.send(data, { binary });
  });
};

/** A ws server that compresses, with a limit of messages in MiB. */
export const inflating = (title: string, mebibytes: number) =>
  wsOrigin({ title }, { perMessageDeflate: true, maxPayload: mebibytes * 1024 * 1024 }, session);
