/**
 * How two sets of times differ: the larger median over the smaller; and how often, of all pairs, the one of the set with
 * the larger median is the larger: 0.5 where they tell nothing, 1 where each tells (the statistic of Mann and Whitney).
 */
export function compare(a: readonly number[], b: readonly number[]) {
  const medians = [medianOf(a), medianOf(b)] as const;
  const [slow, fast] = medians[0] >= medians[1] ? [a, b] : [b, a];
  const larger = slow.flatMap((one) => fast.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
  const apart = larger.reduce<number>((sum, one) => sum + one, 0) / larger.length;
  const ratio = Math.max(...medians) / Math.max(Math.min(...medians), Number.EPSILON);
  const short = (value: number) => Math.round(value * 100) / 100;
  return { ratio, apart: short(apart), medians: [short(medians[0]), short(medians[1])] as const };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
