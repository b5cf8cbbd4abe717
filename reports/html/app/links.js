import { towards } from './entries.js';

/** @typedef {import('../../../harness/model.js').Evidence} Evidence */

/**
 * Which entries tell of the same thing at two places of the path, as pairs of their numbers in the order in which it
 * passed them. What was sent and seen nowhere else is in no pair.
 * @param {readonly Evidence[]} ordered by time
 * @param {readonly string[]} lanes names, client's side first
 * @returns {[number, number][]}
 */
export function linksOf(ordered, lanes) {
  /** @type {[number, number][]} */
  const pairs = [];
  /** What passed the last place and has not been seen at this one.
   * @type {Map<string, number[]>} */
  const under = new Map();
  /** @type {Map<number, number>} */
  const laneAt = new Map();
  ordered.forEach((entry, i) => {
    laneAt.set(i, lanes.indexOf(entry.by));
    const way = towards(entry);
    const sign = signature(entry);
    if (way === 0 || sign === undefined) return;
    const key = `${entry.of ?? ''} ${way} ${sign}`;
    const waiting = under.get(key) ?? [];
    under.set(key, waiting);
    const here = lanes.indexOf(entry.by);
    const found = waiting.findIndex((from) => (here - (laneAt.get(from) ?? here)) * way > 0);
    if (found >= 0) pairs.push([/** @type {number} */ (waiting[found]), i]);
    if (found >= 0) waiting.splice(found, 1);
    waiting.push(i);
  });
  return pairs;
}

/** The same for what is the same thing; a FIN may come out as an RST.
 * @param {Evidence} entry */
function signature({ mark, frame, bytes, text }) {
  if (mark === 'frame' && frame) return `frame ${frame.opcode} ${frame.octets} ${bytes ?? ''}`;
  if (mark === 'fin' || mark === 'rst') return 'end';
  if (mark === 'request') return text.startsWith('CONNECT ') ? 'connect' : 'request';
  if (mark === 'octets') return `octets ${bytes ?? text}`;
  return mark === 'response' ? 'response' : undefined;
}
