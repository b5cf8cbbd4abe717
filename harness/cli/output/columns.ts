import { padded, width } from './paint.js';

/** Rows of cells as lines, each column as wide as its widest cell; the last one is not filled up. */
export function columns(rows: readonly (readonly string[])[], gap = 2): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, width(cell));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : padded(cell, widths[i]! + gap)))
      .join('')
      .trimEnd(),
  );
}
