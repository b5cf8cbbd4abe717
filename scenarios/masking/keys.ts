/** How many keys `weaknessOf` wants to see. */
export const ENOUGH_KEYS = 256;

/**
 * What is wrong with the masking keys of so many frames in a row, or undefined. Each bound is so wide that 256 keys
 * of a sound generator break any of them in less than one of a thousand million runs; a generator that is weak but
 * looks random (Math.random) is not found.
 */
export function weaknessOf(keys: readonly Uint8Array[]): string | undefined {
  const words = keys.map((key) => Buffer.from(key).readUInt32BE());
  const zeros = words.filter((word) => word === 0).length;
  if (zeros > 1) return `${zeros} of ${words.length} keys are zero`;
  const distinct = new Set(words).size;
  if (distinct === 1) return 'every frame has the same key';
  // Two that are alike come about once in 130,000 runs; two such pairs practically never.
  if (distinct < words.length - 1) return `only ${distinct} of ${words.length} keys are different`;
  for (const [name, step] of STEPS) {
    const most = mostFrequent(words.slice(1).map((word, i) => step(words[i]!, word)));
    if (most > 8) return `keys follow from one another: ${name} is the same ${most} times`;
  }
  for (let octet = 0; octet < 4; octet++) {
    const values = new Set(keys.map((key) => key[octet]!)).size;
    // Of 256 there are 162 on the average, and less than 120 never.
    if (values < 100) return `octet ${octet + 1} of the keys takes only ${values} values`;
  }
  for (let bit = 0; bit < 32; bit++) {
    const ones = words.filter((word) => (word >>> bit) & 1).length;
    // Eight standard deviations.
    if (Math.abs(ones - words.length / 2) > 4 * Math.sqrt(words.length)) {
      return `bit ${bit} of the keys is set ${ones} times in ${words.length}`;
    }
  }
  return undefined;
}

type Step = (before: number, after: number) => number;

const reversed = (word: number) => {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(word);
  return octets.readUInt32LE();
};

const STEPS: readonly (readonly [string, Step])[] = [
  ['the difference', (before, after) => (after - before) >>> 0],
  ['the difference (little-endian)', (before, after) => (reversed(after) - reversed(before)) >>> 0],
  ['the exclusive or', (before, after) => (before ^ after) >>> 0],
];

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(...counts.values());
}
