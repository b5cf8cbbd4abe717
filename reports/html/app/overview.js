import { run, unexpected } from './data.js';
import { h } from './dom.js';
import { matching, narrows } from './filter.js';
import { matrix } from './matrix.js';
import { badge, count, duration, list, section } from './parts.js';
import { filtered } from './route.js';

/** @typedef {import('./route.js').Filter} Filter */

/** @param {Filter} filter @returns {HTMLElement[]} */
export function overview(filter) {
  const narrowed = narrows(filter);
  const found = matching(filter);
  const odd = run.findings.filter(unexpected);
  const listed = narrowed || filter.all ? found : odd;
  const title = narrowed
    ? `${count(found.length, 'finding')} of ${run.findings.length} match`
    : filter.all
      ? `All ${count(found.length, 'finding')}`
      : `Not as expected: ${count(odd.length, 'finding')}`;
  const other = filter.all ? 'Show only those not as expected' : `Show all ${run.findings.length}`;
  return [
    h('h1', { tabindex: -1 }, run.verdict),
    facts(),
    ...(run.findings.length === 0 ? [] : [filters(filter)]),
    ...[matrix(found, narrowed)].flatMap((table) => (table ? [section('Scenarios by topic', table)] : [])),
    ...(run.findings.length === 0
      ? []
      : [
          section(
            title,
            listed.length > 0
              ? list(listed, {})
              : h('p', { class: 'muted' }, narrowed ? 'No finding matches.' : 'Everything is as expected.'),
            !narrowed &&
              h(
                'p',
                {},
                h('a', { href: filtered({ ...filter, all: !filter.all }), 'data-key': 'all' }, other),
              ),
          ),
        ]),
  ];
}

function facts() {
  const told = [
    `${run.startedAt.replace('T', ' ').replace(/\.\d+/, '').replace('Z', ' UTC')}, took ${duration(run.durationMs)}`,
    run.shard && `shard ${run.shard.index} of ${run.shard.of}`,
    `${run.tool.name} ${run.tool.version}`,
    ...Object.entries(run.environment).map(([name, value]) => `${name} ${value}`),
  ];
  return h(
    'ul',
    { class: 'facts-line', 'aria-label': 'About this run' },
    told.filter(Boolean).map((fact) => h('li', {}, fact)),
  );
}

/** @param {Filter} filter */
function filters(filter) {
  const odd = run.findings.filter(unexpected).length;
  const chips = run.states
    .map((state) => ({ state, n: run.findings.filter((finding) => finding.state === state.id).length }))
    .filter(({ state, n }) => n > 0 || filter.outcomes.includes(state.id))
    .map(({ state, n }) => {
      const on = filter.outcomes.includes(state.id);
      const outcomes = on ? filter.outcomes.filter((id) => id !== state.id) : [...filter.outcomes, state.id];
      return toggle(`state:${state.id}`, on, { ...filter, outcomes }, badge(state, String(n)));
    });
  const select = h(
    'select',
    {
      'data-key': 'topic',
      onchange: (/** @type {Event} */ event) => {
        location.hash = filtered({ ...filter, topic: /** @type {HTMLSelectElement} */ (event.target).value });
      },
    },
    h('option', { value: '' }, 'every topic'),
    run.topics.map((topic) => h('option', { value: topic, selected: topic === filter.topic }, topic)),
  );
  return h(
    'div',
    { class: 'filters', role: 'group', 'aria-label': 'Show only' },
    toggle(
      'differs',
      filter.differs,
      { ...filter, differs: !filter.differs },
      h('span', { class: 'word' }, 'not as expected ', h('span', { class: 'figures' }, odd)),
    ),
    h('span', { class: 'rule', 'aria-hidden': 'true' }),
    chips,
    h('label', {}, h('span', { class: 'sr' }, 'Topic'), select),
    narrows(filter) && h('a', { href: '#/', 'data-key': 'clear' }, 'clear'),
  );
}

/** @param {string} key @param {boolean} on @param {Filter} filter @param {HTMLElement} words */
function toggle(key, on, filter, words) {
  const go = () => {
    location.hash = filtered(filter);
  };
  return h(
    'button',
    {
      type: 'button',
      class: key === 'differs' ? 'chip' : 'chip state',
      'aria-pressed': String(on),
      'data-key': key,
      onclick: go,
    },
    words,
  );
}
