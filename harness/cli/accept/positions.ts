/** Where the items of the outermost array of a JSON text begin and end, as offsets. The text has to be JSON. */
export function itemsOf(text: string): { from: number; to: number }[] {
  const items: { from: number; to: number }[] = [];
  let depth = 0;
  let from = -1;
  const close = (at: number) => {
    if (from >= 0) items.push({ from, to: at });
    from = -1;
  };
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},]|[^\s"[\]{},]+/gs)) {
    if (token === ']' || token === '}') depth--;
    if (depth === 0 && token === ']') close(index);
    else if (depth === 1 && token === ',') close(index);
    else if (depth === 1 && from < 0 && !/[\]}]/.test(token[0]!)) from = index;
    if (token === '[' || token === '{') depth++;
  }
  return items;
}

/** Counts from 1. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** The line of a key of an item, as far as it is written plainly; else the item's. */
export function lineOf(text: string, { from, to }: { from: number; to: number }, key?: string): number {
  const at = key === undefined ? -1 : text.slice(from, to).search(new RegExp(`"${escaped(key)}"\\s*:`));
  return lineAt(text, from + Math.max(0, at));
}

const escaped = (words: string): string => words.replace(/[^\w-]/g, '\\$&');
