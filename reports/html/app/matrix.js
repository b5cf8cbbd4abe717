import { run, scenarios, worst } from './data.js';
import { h, visible } from './dom.js';
import { badge } from './parts.js';
import { address } from './route.js';

/** @typedef {import('./data.js').Finding} Finding */

/** Scenario × topic; what the filter leaves out is left out of the cells, and rows without any are not shown.
 * @param {Finding[]} found
 * @param {boolean} narrowed */
export function matrix(found, narrowed) {
  /** @type {Map<string, Map<string, Finding[]>>} */
  const cells = new Map(run.scenarios.map(({ id }) => [id, new Map()]));
  for (const finding of found) {
    const row = cells.get(finding.scenario);
    row?.set(finding.topic, [...(row.get(finding.topic) ?? []), finding]);
  }
  const rows = [...cells].filter(([, row]) => !narrowed || row.size > 0);
  if (rows.length === 0 || run.topics.length === 0) return undefined;
  const head = h(
    'tr',
    {},
    h('th', { scope: 'col' }, 'scenario'),
    run.topics.map((topic) => h('th', { scope: 'col' }, topic)),
  );
  const body = rows.map(([id, row]) =>
    h(
      'tr',
      {},
      rowHead(id),
      run.topics.map((topic) => cell(id, topic, row.get(topic))),
    ),
  );
  return h(
    'div',
    { class: 'scroll' },
    h('table', { class: 'matrix', 'data-grid': true }, h('thead', {}, head), h('tbody', {}, body)),
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

/** @param {string} scenario @param {string} topic @param {Finding[] | undefined} found */
function cell(scenario, topic, found) {
  const most = found && worst(found);
  const key = `cell:${scenario}:${topic}`;
  if (!found || !most)
    return h(
      'td',
      { class: 'none', 'data-topic': visible(topic) },
      h('span', { 'data-cell': true, 'data-key': key, 'aria-label': 'nothing' }, '·'),
    );
  const tally = run.states
    .map(({ id, word }) => ({ word, n: found.filter(({ state }) => state === id).length }))
    .filter(({ n }) => n > 0)
    .map(({ word, n }) => `${n} ${word}`)
    .join(', ');
  const label = visible(`${scenario}, ${topic}: ${tally}`);
  return h(
    'td',
    { 'data-topic': visible(topic) },
    h(
      'a',
      {
        href: address('scenario', scenario, topic),
        class: most.state.id,
        'data-cell': true,
        'data-key': key,
        'aria-label': label,
        title: tally,
      },
      badge(most.state, `${most.count}/${found.length}`),
    ),
  );
}
