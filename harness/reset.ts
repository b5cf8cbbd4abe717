import type { Socket } from 'node:net';

const FIN_MS = 200;

/**
 * Ends a connection with an RST. One whose FIN is still on its way is reset right after it: before, libuv refuses
 * (EINVAL), never closes the connection, and never lets the process end.
 * @param stream what was ended, where that is TLS over the socket
 */
export function reset(socket: Socket, stream: Socket = socket): void {
  if (!stream.writableEnded || stream.writableFinished || socket.destroyed) {
    socket.resetAndDestroy();
    return;
  }
  // Somebody who reads nothing keeps it from going.
  const late = setTimeout(() => socket.destroy(), FIN_MS);
  stream.once('finish', () => socket.resetAndDestroy());
  socket.once('close', () => clearTimeout(late));
}

/**
 * Acts at the end of what a peer sent if that was a FIN. An RST that arrives together with octets is told as an end as
 * well; writing nothing asks, and brings the error.
 */
export function unlessReset(stream: Socket, act: () => void): void {
  if (!stream.writable || stream.writableLength > 0) return act();
  stream.write('', (fault) => {
    if (!fault) act();
  });
}
