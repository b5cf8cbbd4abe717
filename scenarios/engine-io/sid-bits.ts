const ALPHABETS: readonly (readonly [RegExp, number])[] = [
  [/^\d*$/, Math.log2(10)],
  [/^(?:[\da-f]*|[\dA-F]*)$/, 4],
];

/**
 * How many bits the ids can have at most, by the characters that differ between them: a place counts where at least three
 * characters were seen there. Of a dozen ids few random places look fixed; counters and clocks move few places.
 */
export function bitsOf(ids: readonly string[]): number {
  const longest = Math.max(...ids.map(({ length }) => length));
  let moving = '';
  let places = 0;
  for (let at = 0; at < longest; at++) {
    const seen = new Set(ids.map((id) => id[at] ?? ''));
    if (seen.size < 3) continue;
    places++;
    moving += [...seen].join('');
  }
  const [, each] = ALPHABETS.find(([alphabet]) => alphabet.test(moving)) ?? [undefined, 6];
  return Math.floor(places * each);
}
