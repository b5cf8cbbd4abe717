/** A record may name what it does not hold, and names may be those that objects are born with. */
export function lookUp<T>(map: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(map, id) ? map[id] : undefined;
}
