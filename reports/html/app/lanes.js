/** @typedef {import('../../../harness/model.js').Evidence} Evidence */
/** @typedef {{ role: string, name: string }} Member */
/** @typedef {{ name: string, rank: number, kind: 'end' | 'hop' | 'segment', busy: boolean }} Lane */

/**
 * One lane for each member of the path and for whoever else recorded something, client's side first.
 * `squid → nginx` is a segment and comes between the two.
 * @param {readonly Evidence[]} evidence
 * @param {readonly Member[]} hops
 * @returns {Lane[]}
 */
export function lanesOf(evidence, hops) {
  const busy = new Set(evidence.map(({ by }) => by));
  const names = hops.map((hop) => (hop.role === 'client' || hop.role === 'origin' ? hop.role : hop.name));
  const lanes = [...new Set([...names, ...busy])].map((name) => ({
    name,
    rank: rankOf(name, names, hops),
    kind: kindOf(name, names),
    busy: busy.has(name),
  }));
  return lanes.sort((a, b) => a.rank - b.rank);
}

/** @param {string} name @param {string[]} names @returns {Lane['kind']} */
function kindOf(name, names) {
  if (name === 'client' || name === 'origin') return 'end';
  return names.includes(name) ? 'hop' : 'segment';
}

/** @param {string} name @param {string[]} names @param {readonly Member[]} hops */
function rankOf(name, names, hops) {
  const own = names.indexOf(name);
  if (own >= 0) return own;
  const [from, to] = name.split(/\s*(?:→|->)\s*/);
  const fits = (/** @type {string | undefined} */ word, /** @type {number} */ i) =>
    names[i] === word || hops[i]?.name === word;
  const pair = names.findIndex((_, i) => fits(from, i) && fits(to, i + 1));
  if (pair >= 0) return pair + 0.5;
  const one = names.findIndex((_, i) => fits(from, i));
  // Whoever is not known to the path stands before the origin.
  return one >= 0 && to !== undefined ? one + 0.5 : names.length - 1.25;
}

/** Members of the path that stand between two lanes.
 * @param {Lane[]} lanes @param {string} from @param {string} to */
export function between(lanes, from, to) {
  const rank = (/** @type {string} */ name) => lanes.find((lane) => lane.name === name)?.rank ?? 0;
  const [low, high] = [rank(from), rank(to)].sort((a, b) => a - b);
  return lanes
    .filter((lane) => lane.kind === 'hop' && lane.rank > (low ?? 0) && lane.rank < (high ?? 0))
    .map(({ name }) => name);
}
