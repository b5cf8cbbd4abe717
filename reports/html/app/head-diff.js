import { piped } from './bytes.js';
import { sign } from './changes.js';
import { copying } from './copy.js';
import { askedOf, curl } from './curl.js';
import { h } from './dom.js';
import { headRows, headsSeen } from './heads.js';
import { digits, octets } from './hex.js';
import { between } from './lanes.js';
import { count } from './parts.js';

/** @typedef {import('./entries.js').Evidence} Evidence */
/** @typedef {import('./lanes.js').Lane} Lane */
/** @typedef {import('./heads.js').HeadRow} HeadRow */

/** Request and answer of a connection, each as it went into and came out of what stands between two places where it was seen.
 * @param {readonly Evidence[]} ordered of one connection, by time
 * @param {readonly Lane[]} lanes
 * @param {boolean} wanted whether the difference is what the finding is about
 * @returns {HTMLElement[]} */
export function headDiffs(ordered, lanes, wanted) {
  const names = lanes.map(({ name }) => name);
  return /** @type {const} */ (['request', 'response']).flatMap((mark) => {
    const seen = headsSeen(ordered, mark, names);
    const [only] = seen;
    if (!only) return [];
    if (seen.length === 1 && mark === 'response') return [];
    const steps = seen.slice(1).flatMap((after, i) => {
      const before = /** @type {typeof after} */ (seen[i]);
      const hops = between([...lanes], before.by, after.by);
      const rows = headRows(before.head, after.head);
      if (hops.length === 0 && rows.every(({ fate }) => fate === 'same')) return [];
      return [diff(mark, before, after, rows, hops, wanted)];
    });
    return seen.length === 1 ? [alone(only)] : steps;
  });
}

/** @param {'request' | 'response'} mark @param {{ by: string, head: import('./heads.js').Head }} before
 * @param {{ by: string, head: import('./heads.js').Head }} after @param {HeadRow[]} rows @param {string[]} hops
 * @param {boolean} wanted */
function diff(mark, before, after, rows, hops, wanted) {
  const changed = rows.filter(({ fate }) => fate !== 'same');
  const thing = mark === 'request' ? 'Request' : 'Answer';
  const through = hops.length > 0 ? `through ${hops.join(' and ')}` : `from ${before.by} to ${after.by}`;
  return h(
    'details',
    { class: changed.length === 0 ? 'head-diff unchanged' : 'head-diff', open: wanted && changed.length > 0 },
    h(
      'summary',
      {},
      h('strong', {}, thing),
      ` ${through}: `,
      changed.length === 0 ? 'unchanged' : h('span', { class: 'tally' }, tallied(rows)),
    ),
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': `${thing}, line by line` },
      h(
        'table',
        { class: 'diff' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, 'line'),
            h('th', { scope: 'col' }, as(before.by, 'sent', mark)),
            h('th', { scope: 'col' }, as(after.by, 'saw', mark)),
          ),
        ),
        h('tbody', {}, rows.map(line)),
      ),
    ),
  );
}

/** @param {string} by @param {'sent' | 'saw'} verb @param {'request' | 'response'} mark */
function as(by, verb, mark) {
  const ends = mark === 'request' ? ['client', 'origin'] : ['origin', 'client'];
  return ends.includes(by) ? `as the ${by} ${verb} it` : `as it passed ${by}`;
}

/** @param {HeadRow[]} rows */
function tallied(rows) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { fate } of rows) if (fate !== 'same') counts.set(fate, (counts.get(fate) ?? 0) + 1);
  return [...counts].map(([fate, n]) => `${n} ${fate}`).join(', ');
}

/** A line with what is not in the other marked.
 * @param {string} own @param {string} other */
function marked(own, other) {
  const least = Math.min(own.length, other.length);
  let front = 0;
  while (front < least && own[front] === other[front]) front++;
  let back = 0;
  while (back < least - front && own.at(-1 - back) === other.at(-1 - back)) back++;
  const end = own.length - back;
  return h(
    'code',
    {},
    own.slice(0, front),
    front < end && h('mark', {}, own.slice(front, end)),
    own.slice(end),
  );
}

/** @param {string | undefined} own @param {string | undefined} other */
function side(own, other) {
  if (own === undefined) return h('span', { class: 'muted' }, '–');
  return other === undefined ? h('code', {}, own) : marked(own, other);
}

/** @param {HeadRow} row */
function line({ fate, before, after }) {
  return h(
    'tr',
    { class: fate },
    h('th', { scope: 'row' }, fate === 'same' ? h('span', { class: 'sign same' }, '= same') : sign(fate)),
    h('td', {}, side(before, after)),
    h('td', {}, side(after, before)),
  );
}

/** @param {{ by: string, entry: Evidence, head: import('./heads.js').Head }} seen */
function alone({ by, head }) {
  return h(
    'details',
    { class: 'head-diff' },
    h('summary', {}, h('strong', {}, 'Request'), `: seen by the ${by} alone, nowhere else on the path`),
    h('pre', {}, [head.start, ...head.fields.map(([name, value]) => `${name}: ${value}`)].join('\n')),
  );
}

/** The client's request, to be sent again by hand.
 * @param {readonly Evidence[]} ordered of one connection, by time */
export function copies(ordered) {
  const asked = askedOf(ordered);
  const request = ordered.find(
    ({ by, mark, bytes, text }) =>
      by === 'client' && mark === 'request' && bytes !== undefined && !text.startsWith('CONNECT '),
  );
  if (!asked || request?.bytes === undefined) return false;
  const raw = request.bytes;
  return h(
    'p',
    { class: 'copies' },
    copying('copy as curl', () => curl(asked)),
    copying('copy as bytes', () => piped(asked)),
    copying('copy as hex', () => digits(octets(raw))),
    h(
      'span',
      { class: 'muted' },
      `${count(octets(raw).length, 'octet')} of request, as the client sent them`,
      asked.head.includes('[redacted]') && '; put your own secrets where it says [redacted]',
    ),
  );
}
