import { run, scenarios, worst } from './data.js';
import { h, visible } from './dom.js';
import { grouped } from './grouped.js';
import { badge } from './parts.js';
import { address, filtered } from './route.js';

/** @typedef {import('./data.js').Finding} Finding */
/** @typedef {import('./route.js').Filter} Filter */
/** A row of a matrix: what is found in it, and where its head and its cells lead, by column.
 * @typedef {{ id: string, head: HTMLElement, found: Finding[], to: (column?: string) => string }} MatrixRow */
/** A column: which findings stand in it, and where its total leads.
 * @typedef {{ id: string, has: (finding: Finding) => boolean, to: string }} MatrixColumn */

/** So many columns fit on a desk’s screen: the head of the table stays in view there. */
const MOST_FITTING = 8;

/** Scenario × topic; what the filter leaves out is left out of the cells.
 * @param {Finding[]} found @param {Filter} filter @param {boolean} narrowed rows without any are not shown then */
export function matrix(found, filter, narrowed) {
  const rows = scenarioRows(found, narrowed, (id, topic) =>
    topic === undefined ? address('scenario', id) : address('scenario', id, topic),
  );
  return grid('scenario', rows, topicColumns(found, filter), found, filtered({ ...filter, all: true }));
}

/** @param {Finding[]} found @param {boolean} narrowed @param {(id: string, column?: string) => string} to
 * @returns {MatrixRow[]} */
export function scenarioRows(found, narrowed, to) {
  const groups = grouped(found, ({ scenario }) => scenario);
  return run.scenarios
    .map(({ id }) => ({
      id,
      head: rowHead(id),
      found: groups.get(id) ?? [],
      to: (/** @type {string | undefined} */ column) => to(id, column),
    }))
    .filter((row) => !narrowed || row.found.length > 0);
}

/** Those topics that anything is found on.
 * @param {Finding[]} found @param {Filter} filter @param {string} [view]
 * @returns {MatrixColumn[]} */
export function topicColumns(found, filter, view = '') {
  const met = new Set(found.map(({ topic }) => topic));
  return run.topics
    .filter((topic) => met.has(topic))
    .map((topic) => ({
      id: topic,
      has: (finding) => finding.topic === topic,
      to: filtered({ ...filter, topic, all: true }, view),
    }));
}

/** Rows by columns, with a column and a row of totals.
 * @param {string} what @param {MatrixRow[]} rows @param {MatrixColumn[]} columns @param {Finding[]} found
 * @param {string} total where the total of totals leads */
export function grid(what, rows, columns, found, total) {
  if (rows.length === 0 || columns.length === 0) return undefined;
  const head = h(
    'tr',
    {},
    h('th', { scope: 'col' }, what),
    columns.map(({ id }) => h('th', { scope: 'col' }, id)),
    h('th', { scope: 'col', class: 'sum' }, 'all'),
  );
  const body = rows.map((row) =>
    h(
      'tr',
      {},
      row.head,
      columns.map(({ id, has }) => cell(row.id, id, row.found.filter(has), row.to(id))),
      cell(row.id, 'all', row.found, row.to(), 'sum'),
    ),
  );
  const foot = h(
    'tr',
    { class: 'sum' },
    h('th', { scope: 'row' }, 'all'),
    columns.map(({ id, has, to }) => cell('all', id, found.filter(has), to)),
    cell('all', 'all', found, total, 'sum'),
  );
  return h(
    'div',
    { class: columns.length <= MOST_FITTING ? 'scroll fitting' : 'scroll' },
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

/** @param {string} row @param {string} topic @param {Finding[]} found @param {string} href @param {string} [name] */
function cell(row, topic, found, href, name = '') {
  const most = worst(found);
  const key = `cell:${row}:${topic}`;
  if (!most)
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
