import type { Controls } from '../../harness/testing/controls.js';
import { frail } from '../../harness/testing/frail.js';

/** Breaks down where it would have to hold 2^53 octets or more, as one that rounds the length does. */
const overflows = (octets: Buffer) =>
  octets[0] === 0x82 && octets[1] === 0xff && octets.readUInt32BE(2) >= 2 ** 21;

export default {
  careless: { origin: frail('breaks down over lengths', overflows), patience: { answerMs: 400 } },
} satisfies Controls;
