import type { Controls } from '../../harness/testing/controls.js';
import { offerOf, serverHello } from './testing/feigned.js';
import { secureOrigin } from './testing/secure-origin.js';

/** Takes heartbeats, and does with a request as told. */
const beating = (title: string, then: (more: Buffer) => Uint8Array | undefined) =>
  secureOrigin({
    title,
    instead: (first) =>
      offerOf(first) && first.includes(Buffer.from([0, 15, 0, 1, 1]))
        ? serverHello({ suite: 0x002f, extensions: [0xff01, 15, 23], done: true })
        : undefined,
    then,
  });

export default {
  sound: { origin: beating('discards such heartbeats', () => undefined) },
  careless: {
    origin: beating('answers such heartbeats', () =>
      Buffer.from([24, 3, 3, 0, 20, 2, 0, 1, ...Buffer.alloc(17, 7)]),
    ),
  },
} satisfies Controls;
