/** Values in ms with how often each occurred.
 * @typedef {readonly (readonly [number, number])[]} Counts */
/** @typedef {{ from: number, to: number, count: number }} Bin */

/** @param {Counts} counts */
export const total = (counts) => counts.reduce((sum, [, n]) => sum + n, 0);

/** The least value that so many per cent of all do not exceed.
 * @param {Counts} counts @param {number} percent */
export function percentile(counts, percent) {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  let left = Math.ceil((total(counts) * percent) / 100);
  for (const [value, n] of sorted) {
    left -= n;
    if (left <= 0) return value;
  }
  return sorted.at(-1)?.[0] ?? 0;
}

/** Bins a third of a decade wide or less, so that 1 ms and 10 s stand on one axis.
 * @param {Counts} counts @param {number} [perDecade]
 * @returns {Bin[]} */
export function bins(counts, perDecade = 6) {
  const step = (/** @type {number} */ value) =>
    Math.floor(Math.log10(Math.max(value, 0.1)) * perDecade + 1e-9);
  const steps = counts.map(([value]) => step(value));
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  if (counts.length === 0) return [];
  const all = Array.from({ length: last - first + 1 }, (_, i) => ({
    from: 10 ** ((first + i) / perDecade),
    to: 10 ** ((first + i + 1) / perDecade),
    count: 0,
  }));
  counts.forEach(([, n], i) => {
    const bin = all[/** @type {number} */ (steps[i]) - first];
    if (bin) bin.count += n;
  });
  return all;
}
