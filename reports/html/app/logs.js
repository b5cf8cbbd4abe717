import { h } from './dom.js';
import { briefly } from './parts.js';

/** @typedef {import('./entries.js').Evidence} Evidence */

const MOST_LINES = 200;

/** What the hops themselves logged of these connections, each line with a way to its place on the wire.
 * @param {readonly Evidence[]} ordered by time
 * @param {(number: number) => string} addressOf of an entry */
export function logged(ordered, addressOf) {
  const start = ordered[0]?.at ?? 0;
  const told = ordered.flatMap((entry, number) => (entry.kind === 'log' ? [{ entry, number }] : []));
  if (told.length === 0) return undefined;
  const rows = told
    .slice(0, MOST_LINES)
    .map(({ entry, number }) =>
      h(
        'tr',
        {},
        h('td', { class: 'at' }, h('a', { href: addressOf(number) }, briefly(entry.at - start))),
        h('th', { scope: 'row' }, entry.by),
        h('td', {}, h('pre', {}, entry.text)),
      ),
    );
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'What the hops logged' },
    h(
      'table',
      { class: 'logged' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['at', 'hop', 'line'].map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h('tbody', {}, rows),
    ),
    told.length > MOST_LINES &&
      h('p', { class: 'muted' }, `${told.length - MOST_LINES} more are among the entries on the wire.`),
  );
}
