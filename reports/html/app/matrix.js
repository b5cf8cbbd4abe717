import { run, scenarios, worst } from './data.js';
import { h, visible } from './dom.js';
import { badge } from './parts.js';
import { address, filtered } from './route.js';

/** @typedef {import('./data.js').Finding} Finding */
/** @typedef {import('./route.js').Filter} Filter */
/** A row of a matrix: what is found in it by topic, and where its head and cells lead.
 * @typedef {{ id: string, head: HTMLElement, found: Finding[], to: (topic?: string) => string }} MatrixRow */

/** Scenario × topic; what the filter leaves out is left out of the cells.
 * @param {Finding[]} found @param {Filter} filter @param {boolean} narrowed rows without any are not shown then */
export function matrix(found, filter, narrowed) {
  const groups = grouped(found, ({ scenario }) => scenario);
  const rows = run.scenarios
    .map(({ id }) => ({
      id,
      head: rowHead(id),
      found: groups.get(id) ?? [],
      to: (/** @type {string | undefined} */ topic) =>
        topic === undefined ? address('scenario', id) : address('scenario', id, topic),
    }))
    .filter((row) => !narrowed || row.found.length > 0);
  return grid('scenario', rows, found, filter);
}

/** @template T @param {readonly T[]} items @param {(item: T) => string} keyOf
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

/** Rows by topic, with a column and a row of totals.
 * @param {string} what @param {MatrixRow[]} rows @param {Finding[]} found @param {Filter} filter @param {string} [view] */
export function grid(what, rows, found, filter, view = '') {
  const met = new Set(found.map(({ topic }) => topic));
  const topics = run.topics.filter((topic) => met.has(topic));
  if (rows.length === 0 || topics.length === 0) return undefined;
  const head = h(
    'tr',
    {},
    h('th', { scope: 'col' }, what),
    topics.map((topic) => h('th', { scope: 'col' }, topic)),
    h('th', { scope: 'col', class: 'sum' }, 'all'),
  );
  const body = rows.map((row) => {
    const byTopic = grouped(row.found, ({ topic }) => topic);
    return h(
      'tr',
      {},
      row.head,
      topics.map((topic) => cell(row.id, topic, byTopic.get(topic), row.to(topic))),
      cell(row.id, 'all', row.found, row.to(), 'sum'),
    );
  });
  const byTopic = grouped(found, ({ topic }) => topic);
  const foot = h(
    'tr',
    { class: 'sum' },
    h('th', { scope: 'row' }, 'all'),
    topics.map((topic) =>
      cell('all', topic, byTopic.get(topic), filtered({ ...filter, topic, all: true }, view)),
    ),
    cell('all', 'all', found, filtered({ ...filter, all: true }, view), 'sum'),
  );
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { class: 'matrix', 'data-grid': true },
      h('thead', {}, head),
      h('tbody', {}, body),
      rows.length > 1 && h('tfoot', {}, foot),
    ),
  );
}

/** @param {string} id */
function rowHead(id) {
  const scenario = scenarios.get(id);
  const path = (scenario?.hops ?? []).map((hop) => (hop.role === 'client' ? 'client' : hop.name)).join(' → ');
  return h(
    'th',
    { scope: 'row' },
    h('a', { href: address('scenario', id), 'data-key': `row:${id}`, 'data-cell': true }, id),
    h('span', { class: 'path-line', title: visible(path) }, path),
  );
}

/** @param {string} row @param {string} topic @param {Finding[] | undefined} found @param {string} href @param {string} [name] */
function cell(row, topic, found, href, name = '') {
  const most = found && worst(found);
  const key = `cell:${row}:${topic}`;
  if (!found || !most)
    return h(
      'td',
      { class: `none ${name}`, 'data-topic': visible(topic) },
      h(
        'span',
        { 'data-cell': true, 'data-key': key },
        h('span', { 'aria-hidden': 'true' }, '·'),
        h('span', { class: 'sr' }, 'nothing'),
      ),
    );
  const tally = run.states
    .map(({ id, word }) => ({ word, n: found.filter(({ state }) => state === id).length }))
    .filter(({ n }) => n > 0)
    .map(({ word, n }) => `${n} ${word}`)
    .join(', ');
  const figures = `${most.count}/${found.length}`;
  return h(
    'td',
    { class: name, 'data-topic': visible(topic) },
    h(
      'a',
      {
        href,
        class: most.state.id,
        'data-cell': true,
        'data-key': key,
        title: tally,
      },
      badge(most.state, figures),
      h('span', { class: 'sr' }, ` at ${row}, ${topic}: ${tally}`),
    ),
  );
}
