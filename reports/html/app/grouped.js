/** Items by what they have in common, in the order in which that is met.
 * @template T @param {readonly T[]} items @param {(item: T) => string} keyOf
 * @returns {Map<string, T[]>} */
export function grouped(items, keyOf) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
