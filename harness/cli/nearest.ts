/** The known words that were most likely meant, best first; none that are too far off. */
export function nearest(word: string, known: readonly string[], count = 3): string[] {
  const meant = word.toLowerCase();
  const reach = Math.max(2, Math.floor(meant.length / 3));
  return known
    .map((name) => ({ name, far: distance(meant, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= reach || (meant.length > 2 && name.toLowerCase().includes(meant)))
    .sort((a, b) => a.far - b.far)
    .slice(0, count)
    .map(({ name }) => name);
}

/** `; did you mean a or b?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const names = nearest(word, known);
  return names.length === 0 ? '' : `; did you mean ${orList(names)}?`;
}

/** `a`, `a or b`, `a, b or c` */
export function orList(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** Levenshtein: single-character insertions, deletions and substitutions. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, swap));
    }
    row = next;
  }
  return row[b.length]!;
}
