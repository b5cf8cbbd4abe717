import type { Toxic } from '../toxic.js';

/**
 * Delays each chunk by `latency` ms, give or take `jitter`, counted from when it came: in order and overlapping.
 * The end of the stream is not delayed, except behind chunks that are.
 */
const latency: Toxic<'latency' | 'jitter'> = {
  attributes: { latency: 0, jitter: 0 },
  buffer: 1024,
  async pipe(stub, attributes) {
    for await (const chunk of stub) {
      const { latency, jitter } = attributes;
      const spread = jitter > 0 ? Math.floor(Math.random() * 2 * jitter) - jitter : 0;
      const rest = chunk.at + latency + spread - performance.now();
      // Moved on, so that several of them add up.
      if (await stub.wait(rest)) chunk.at += rest;
      await stub.write(chunk);
    }
  },
};
export default latency;
