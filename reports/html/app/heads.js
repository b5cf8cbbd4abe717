import { towards } from './entries.js';
import { latin1 } from './hex.js';

/** @typedef {import('../../../harness/model.js').Evidence} Evidence */
/** @typedef {{ start: string, fields: [string, string][] }} Head */
/** @typedef {'same' | 'dropped' | 'added' | 'rewritten' | 'recased' | 'moved'} Fate */
/** @typedef {{ fate: Fate, name: string, before?: string, after?: string }} HeadRow */

const MOST_FIELDS = 400;

/** The head of a request or an answer, as it stands in the octets; the first 400 fields of it.
 * @param {string} text
 * @returns {Head} */
export function parseHead(text) {
  const [head = ''] = text.split(/\r?\n\r?\n/, 1);
  const [start = '', ...lines] = head.split(/\r?\n/);
  return {
    start,
    fields: lines.slice(0, MOST_FIELDS).map((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  };
}

/** The heads of one kind where they were seen, in the order in which they passed. What asks for a tunnel is no request.
 * @param {readonly Evidence[]} ordered of one connection, by time
 * @param {'request' | 'response'} mark
 * @param {readonly string[]} lanes client's side first
 * @returns {{ by: string, entry: Evidence, head: Head }[]} */
export function headsSeen(ordered, mark, lanes) {
  const tunnels = mark === 'response' ? tunnelAnswers(ordered) : new Set();
  const way = mark === 'request' ? 1 : -1;
  const asked = ordered.filter(
    (entry) =>
      entry.mark === mark &&
      entry.bytes !== undefined &&
      towards(entry) === way &&
      !entry.text.startsWith('CONNECT ') &&
      !tunnels.has(entry),
  );
  const seen = lanes.flatMap((by) => {
    const entry = asked.find((each) => each.by === by);
    return entry?.bytes === undefined ? [] : [{ by, entry, head: parseHead(latin1(entry.bytes)) }];
  });
  return way > 0 ? seen : seen.reverse();
}

/** The first answer after each CONNECT, where the CONNECT was seen.
 * @param {readonly Evidence[]} ordered */
function tunnelAnswers(ordered) {
  /** @type {Set<Evidence>} */
  const answers = new Set();
  /** @type {Map<string, number>} */
  const open = new Map();
  for (const entry of ordered) {
    const waiting = open.get(entry.by) ?? 0;
    if (entry.mark === 'request' && entry.text.startsWith('CONNECT ')) open.set(entry.by, waiting + 1);
    if (entry.mark !== 'response' || waiting === 0) continue;
    answers.add(entry);
    open.set(entry.by, waiting - 1);
  }
  return answers;
}

/** What became of each line: the start line, the fields as they went in, then those that were added.
 * @param {Head} before @param {Head} after
 * @returns {HeadRow[]} */
export function headRows(before, after) {
  const taken = new Set();
  const partners = before.fields.map(([name]) => {
    const at = after.fields.findIndex(
      ([other], i) => !taken.has(i) && other.toLowerCase() === name.toLowerCase(),
    );
    if (at >= 0) taken.add(at);
    return at;
  });
  const inOrder = longestRising(partners.filter((at) => at >= 0));
  const kept = before.fields.map(([name, value], i) => {
    const at = /** @type {number} */ (partners[i]);
    const [otherName, other] = after.fields[at] ?? [name, undefined];
    /** @type {Fate} */
    const fate =
      other === undefined
        ? 'dropped'
        : other !== value
          ? 'rewritten'
          : otherName !== name
            ? 'recased'
            : inOrder.has(at)
              ? 'same'
              : 'moved';
    const line = `${name}: ${value}`;
    return other === undefined
      ? { fate, name, before: line }
      : { fate, name, before: line, after: `${otherName}: ${other}` };
  });
  const added = after.fields.flatMap(([name, value], i) =>
    taken.has(i) ? [] : [{ fate: /** @type {Fate} */ ('added'), name, after: `${name}: ${value}` }],
  );
  /** @type {Fate} */
  const start = before.start === after.start ? 'same' : 'rewritten';
  return [{ fate: start, name: 'first line', before: before.start, after: after.start }, ...kept, ...added];
}

/** Members of the longest run that stands in the right order.
 * @param {number[]} numbers
 * @returns {Set<number>} */
function longestRising(numbers) {
  /** @type {number[][]} */
  const best = [];
  for (const [i, n] of numbers.entries()) {
    const before = best.filter((run, k) => k < i && /** @type {number} */ (run.at(-1)) < n);
    const longest = before.reduce((a, b) => (b.length > a.length ? b : a), /** @type {number[]} */ ([]));
    best.push([...longest, n]);
  }
  return new Set(best.reduce((a, b) => (b.length > a.length ? b : a), /** @type {number[]} */ ([])));
}
