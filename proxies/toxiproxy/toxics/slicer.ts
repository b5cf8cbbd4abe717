import type { Toxic } from '../toxic.js';

/**
 * Cuts each chunk into pieces of `average_size` octets, give or take `size_variation`, and sends them with `delay`
 * microseconds after each.
 */
const slicer: Toxic<'average_size' | 'size_variation' | 'delay'> = {
  attributes: { average_size: 0, size_variation: 0, delay: 0 },
  refuses({ average_size, size_variation }) {
    if (average_size + size_variation < 1)
      return `average_size ${average_size} and size_variation ${size_variation} leave pieces of less than an octet`;
    if (size_variation > average_size)
      return `size_variation ${size_variation} is larger than average_size ${average_size}`;
    return undefined;
  },
  async pipe(stub, attributes) {
    // Timers count whole milliseconds: shorter delays are saved up.
    let owed = 0;
    for await (const { data, at } of stub) {
      let from = 0;
      for (const to of cuts(0, data.length, attributes.average_size, attributes.size_variation)) {
        await stub.write({ data: data.subarray(from, to), at });
        from = to;
        owed += attributes.delay / 1000;
        if (owed < 1) continue;
        const start = performance.now();
        if (!(await stub.wait(owed))) break;
        owed -= performance.now() - start;
      }
      if (from < data.length) await stub.write({ data: data.subarray(from), at });
    }
  },
};
export default slicer;

/** Ends of the pieces: halves, and halves of halves, until each is near enough to the average. */
function* cuts(from: number, to: number, average: number, variation: number): Generator<number> {
  if (to - from <= average + variation) {
    if (to > from) yield to;
    return;
  }
  const spread = variation > 0 ? Math.floor(Math.random() * 2 * variation) - variation : 0;
  const middle = from + Math.floor((to - from) / 2) + spread;
  yield* cuts(from, middle, average, variation);
  yield* cuts(middle, to, average, variation);
}
