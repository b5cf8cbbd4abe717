import type { Toxic } from '../toxic.js';

const STEP_MS = 100;

/** Lets `rate` bytes a millisecond through, in steps of 100 ms. A rate of 0 lets nothing through. */
const bandwidth: Toxic<'rate'> = {
  attributes: { rate: 0 },
  refuses: ({ rate }) => (rate < 0 ? `rate ${rate} is below 0` : undefined),
  async pipe(stub, attributes) {
    /** What is still to be waited for; carries the timers' error from chunk to chunk. */
    let owed = 0;
    const pay = async (ms: number) => {
      const start = performance.now();
      const done = await stub.wait(ms);
      owed -= performance.now() - start;
      return done;
    };
    for await (const { data, at } of stub) {
      const { rate } = attributes;
      owed = rate > 0 ? owed + data.length / rate : Number.POSITIVE_INFINITY;
      let rest = data;
      while (rest.length > rate * STEP_MS && (await pay(rate > 0 ? STEP_MS : owed))) {
        await stub.write({ data: rest.subarray(0, rate * STEP_MS), at });
        rest = rest.subarray(rate * STEP_MS);
      }
      await pay(owed);
      await stub.write({ data: rest, at });
    }
  },
};
export default bandwidth;
