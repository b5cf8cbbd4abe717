/**
 * Frame encoding and decoding against ws' Sender and Receiver on the same bytes, in one run:
 * `node --import=tsx bench/frames.ts`. A ratio is ours to theirs, so 1 is parity and 2 is twice as fast.
 */
import type { Writable } from 'node:stream';
import * as ws from 'ws';
import { FrameDecoder, frame, Messages } from '../harness/protocol/index.js';

/** What ws exports and its types leave out. */
const { Receiver, Sender } = ws as unknown as {
  Receiver: new (options: { isServer: boolean; maxPayload: number }) => Writable;
  Sender: { frame(data: Uint8Array, options: Record<string, unknown>): Buffer[] };
};

const SIZES = [16, 125, 1024, 65536, 1048576];
const ROUNDS = 15;
const ROUND_MS = 12;
/** As a socket delivers. */
const CHUNK = 65536;

let sink = 0;

/** Octets of payload a round is to go through, so that each takes about as long whatever the size. */
function timesFor(work: () => void): number {
  for (let times = 1; ; times *= 2) {
    const start = performance.now();
    for (let i = 0; i < times; i++) work();
    if (performance.now() - start > ROUND_MS) return times;
  }
}

/** Milliseconds per call of each, taken in turn so that what disturbs one disturbs the other; medians. */
function sideBySide(ours: () => void, theirs: () => void): { ours: number; theirs: number } {
  const times = Math.max(timesFor(ours), timesFor(theirs));
  const one = (work: () => void): number => {
    const start = performance.now();
    for (let i = 0; i < times; i++) work();
    return (performance.now() - start) / times;
  };
  const seen = Array.from({ length: ROUNDS }, (_, round) => {
    if (round % 2) return { theirs: one(theirs), ours: one(ours) };
    return { ours: one(ours), theirs: one(theirs) };
  });
  const median = (of: 'ours' | 'theirs') =>
    seen.map((round) => round[of]).sort((a, b) => a - b)[ROUNDS >> 1]!;
  return { ours: median('ours'), theirs: median('theirs') };
}

function encoding(size: number, mask: boolean): [() => void, () => void] {
  const payload = Buffer.alloc(size, 'payload ');
  return [
    () => {
      sink += frame(mask ? { opcode: 2, payload, mask: true } : { opcode: 2, payload }).length;
    },
    () => {
      // Unmasked, ws leaves header and payload apart; joined, as the socket will have to send them.
      const parts = Sender.frame(payload, { fin: true, opcode: 2, mask, readOnly: true, rsv1: false });
      sink += (parts.length > 1 ? Buffer.concat(parts) : parts[0]!).length;
    },
  ];
}

function decoding(size: number, mask: boolean): [() => void, () => void] {
  const payload = Buffer.alloc(size, 'payload ');
  const one = frame({ opcode: 2, payload, ...(mask && { mask: true }) });
  const stream = Buffer.concat(
    Array.from({ length: Math.max(1, Math.floor(CHUNK / one.length)) }, () => one),
  );
  // ws unmasks where the octets lie, so each side gets a copy of its own.
  const chunksOf = (bytes: Buffer) =>
    Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, i) =>
      bytes.subarray(i * CHUNK, (i + 1) * CHUNK),
    );
  const [ourChunks, theirChunks] = [chunksOf(Buffer.from(stream)), chunksOf(Buffer.from(stream))];

  const decoder = new FrameDecoder();
  const messages = new Messages({ role: mask ? 'server' : 'client' });
  const receiver = new Receiver({ isServer: mask, maxPayload: 16 * 1024 * 1024 });
  receiver.on('message', (data: Buffer) => {
    sink += data.length;
  });
  return [
    () => {
      for (const chunk of ourChunks) {
        for (const each of decoder.push(chunk)) sink += messages.accept(each)?.data.length ?? 0;
      }
    },
    () => {
      for (const chunk of theirChunks) receiver.write(chunk);
    },
  ];
}

console.log('direction  masked      octets    ours/s      ws/s   ratio');
for (const [direction, setUp] of [
  ['encode', encoding],
  ['decode', decoding],
] as const) {
  for (const mask of [true, false]) {
    for (const size of SIZES) {
      const { ours, theirs } = sideBySide(...setUp(size, mask));
      const frames = direction === 'encode' ? 1 : Math.max(1, Math.floor(CHUNK / (size + 8)));
      const rate = (ms: number) =>
        Math.round((frames * 1000) / ms)
          .toString()
          .padStart(9);
      console.log(
        `${direction.padEnd(9)}  ${(mask ? 'yes' : 'no').padEnd(6)}  ${String(size).padStart(10)} ${rate(ours)} ${rate(theirs)}  ${(theirs / ours).toFixed(2).padStart(6)}`,
      );
    }
  }
}
if (sink < 0) console.log(sink);
