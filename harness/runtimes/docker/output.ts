import type { Tail } from '../tail.js';

/**
 * Reads the engine's framing of stdout and stderr: stream (1), zeros (3), length (4), octets. Resolves at the end of
 * the stream, however it came.
 */
export function demultiplex(stream: NodeJS.ReadableStream, into: Tail): Promise<void> {
  let pending: Buffer = Buffer.alloc(0);
  let left = 0;
  stream.on('data', (chunk: Buffer) => {
    pending = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
    for (;;) {
      if (left > 0) {
        if (pending.length === 0) return;
        into.add(pending.subarray(0, left));
        const taken = Math.min(left, pending.length);
        left -= taken;
        pending = pending.subarray(taken);
      } else {
        if (pending.length < 8) return;
        left = pending.readUInt32BE(4);
        pending = pending.subarray(8);
      }
    }
  });
  return new Promise((resolve) => {
    for (const event of ['end', 'close', 'error']) stream.once(event, () => resolve());
  });
}
