import { culprits, hopMatrix, whereMatrix } from './by-hop.js';
import { run, SEVERITIES, unexpected, worstFirst } from './data.js';
import { h } from './dom.js';
import { matching, narrows } from './filter.js';
import { matrix } from './matrix.js';
import { badge, broken, count, duration, flaky, list, section } from './parts.js';
import { address, filtered } from './route.js';
import { absent, changedIds, toldChanges } from './since.js';

/** @typedef {import('./route.js').Filter} Filter */

/** The first screen.
 * @param {Filter} filter
 * @param {keyof typeof MATRICES} view which matrix is shown
 * @returns {HTMLElement[]} */
export function overview(filter, view) {
  const narrowed = narrows(filter);
  const found = matching(filter);
  const odd = worstFirst(run.findings.filter(unexpected));
  const listed = narrowed || filter.all ? found : odd;
  const title = narrowed
    ? `${count(found.length, 'finding')} of ${run.findings.length} match`
    : filter.all
      ? `All ${count(found.length, 'finding')}`
      : `Not as expected: ${count(odd.length, 'finding')}`;
  const other = filter.all ? 'Show only those not as expected' : `Show all ${run.findings.length}`;
  const table = MATRICES[view].make(found, filter, narrowed);
  return [
    h('h1', { tabindex: -1 }, run.verdict),
    ...whose(),
    facts(),
    ...(run.comparison ? [since(filter, view)] : []),
    ...(run.findings.length === 0 ? [] : [filters(filter, view)]),
    ...(table ? [section(MATRICES[view].title, ...axes(filter, view), table)] : []),
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
                h('a', { href: filtered({ ...filter, all: !filter.all }, view), 'data-key': 'all' }, other),
              ),
          ),
        ]),
    ...(filter.since.includes('gone') && absent().length > 0 ? [lost()] : []),
  ];
}

/** By address. */
const MATRICES = {
  '': { title: 'Scenarios by topic', make: matrix },
  'by-hop': { title: 'Hops by topic', make: hopMatrix },
  where: { title: 'Scenarios by hop', make: whereMatrix },
};

/** Who broke what is not as expected.
 * @returns {HTMLElement[]} */
export function whose() {
  const names = culprits();
  if (names.length === 0) return [];
  const links = names.flatMap(([name, n], i) => [
    i > 0 && ', ',
    h('a', { href: address('by-hop', name), 'data-key': `blame:${name}` }, name),
    ` ${n}`,
  ]);
  return [h('p', { class: 'whose' }, 'To blame: ', ...links)];
}

/** What the rows and the columns of the matrix are.
 * @param {Filter} filter @param {string} view */
function axes(filter, view) {
  const link = (/** @type {string} */ to, /** @type {string} */ words) =>
    h(
      'a',
      {
        href: filtered(filter, to),
        'data-key': `rows:${to}`,
        'aria-current': to === view ? 'true' : undefined,
      },
      words,
    );
  const told =
    'A hop has what it is to blame for and, where nobody is, what was found at the places that it stands in.';
  const links = Object.entries(MATRICES).flatMap(([id, { title }]) => [' ', link(id, title.toLowerCase())]);
  return [h('p', { class: 'axes' }, 'Show', ...links), view !== '' && h('p', { class: 'muted' }, told)];
}

/** What changed since the earlier run, and only that on request.
 * @param {Filter} filter @param {string} view */
export function since(filter, view) {
  const chips = toldChanges().map(({ id, glyph, means }) => {
    const on = filter.since.includes(id);
    const next = on ? filter.since.filter((each) => each !== id) : [...filter.since, id];
    const n = changedIds(id).length;
    return toggle(
      `since:${id}`,
      on,
      filtered({ ...filter, since: next }, view),
      h(
        'span',
        { class: `word change ${n > 0 ? id : ''}`, title: means },
        h('span', { class: 'glyph', 'aria-hidden': 'true' }, glyph),
        ` ${id} `,
        h('span', { class: 'figures' }, n),
      ),
    );
  });
  const regressions = toldChanges().flatMap(({ id }) =>
    ['new', 'worse', 'slower'].includes(id) ? [id] : [],
  );
  const only = filter.since.join() === regressions.join();
  const words = only ? 'everything again' : 'only regressions';
  return h(
    'div',
    { class: 'filters since', role: 'group', 'aria-label': 'What changed' },
    h('span', {}, `Since the run of ${moment(run.comparison?.startedAt ?? '')}:`),
    chips,
    h(
      'a',
      {
        href: filtered({ ...filter, since: only ? [] : regressions }, view),
        'data-key': 'regressions',
      },
      words,
    ),
  );
}

/** Ids of what is gone and has no finding to show. */
export function lost() {
  return section(
    `Gone, and not in this run: ${count(absent().length, 'finding')}`,
    h(
      'ul',
      { class: 'ids' },
      absent().map((id) => h('li', {}, id)),
    ),
  );
}

/** @param {string} instant ISO 8601 */
export const moment = (instant) => instant.replace('T', ' ').replace(/\.\d+/, '').replace('Z', ' UTC');

export function facts() {
  const told = [
    `${moment(run.startedAt)}, took ${duration(run.durationMs)}`,
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

/** @param {Filter} filter @param {string} view */
export function filters(filter, view) {
  const odd = run.findings.filter(unexpected).length;
  const unsteady = run.findings.filter(flaky).length;
  const chips = run.states
    .map((state) => ({ state, n: run.findings.filter((finding) => finding.state === state.id).length }))
    .filter(({ state, n }) => n > 0 || filter.outcomes.includes(state.id))
    .map(({ state, n }) => {
      const on = filter.outcomes.includes(state.id);
      const outcomes = on ? filter.outcomes.filter((id) => id !== state.id) : [...filter.outcomes, state.id];
      return toggle(
        `state:${state.id}`,
        on,
        filtered({ ...filter, outcomes }, view),
        badge(state, String(n)),
      );
    });
  const select = h(
    'select',
    {
      'data-key': 'topic',
      onchange: (/** @type {Event} */ event) => {
        const topic = /** @type {HTMLSelectElement} */ (event.target).value;
        location.hash = filtered({ ...filter, topic }, view);
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
      filtered({ ...filter, differs: !filter.differs }, view),
      h('span', { class: 'word' }, 'not as expected ', h('span', { class: 'figures' }, odd)),
    ),
    (unsteady > 0 || filter.flaky) &&
      toggle(
        'flaky',
        filter.flaky,
        filtered({ ...filter, flaky: !filter.flaky }, view),
        h(
          'span',
          { class: 'word', title: 'as expected only when tried again' },
          'flaky ',
          h('span', { class: 'figures' }, unsteady),
        ),
      ),
    h('span', { class: 'rule', 'aria-hidden': 'true' }),
    chips,
    ...(run.audit ? gravity(filter, view) : []),
    h('label', {}, h('span', { class: 'sr' }, 'Topic'), select),
    narrows(filter) && h('a', { href: `#/${view}`, 'data-key': 'clear' }, 'clear'),
  );
}

const FINDING_KINDS = ['vulnerability', 'hardening', 'conformance'];

/** Of an endpoint it counts how bad a thing is, and what it means.
 * @param {Filter} filter @param {string} view */
function gravity(filter, view) {
  const chip = (
    /** @type {'severities' | 'kinds'} */ what,
    /** @type {string} */ word,
    /** @type {(finding: import('./data.js').Finding) => boolean} */ has,
  ) => {
    const on = filter[what].includes(word);
    const next = on ? filter[what].filter((each) => each !== word) : [...filter[what], word];
    const n = run.findings.filter((finding) => broken(finding) && has(finding)).length;
    if (n === 0 && !on) return false;
    const words = h('span', { class: 'word' }, `${word} `, h('span', { class: 'figures' }, n));
    return toggle(`${what}:${word}`, on, filtered({ ...filter, [what]: next }, view), words);
  };
  const rule = () => h('span', { class: 'rule', 'aria-hidden': 'true' });
  return [
    rule(),
    ...SEVERITIES.map((each) => chip('severities', each, ({ severity }) => severity === each)),
    rule(),
    ...FINDING_KINDS.map((each) => chip('kinds', each, ({ kind }) => kind === each)),
  ];
}

/** @param {string} key @param {boolean} on @param {string} to @param {HTMLElement} words */
function toggle(key, on, to, words) {
  const go = () => {
    location.hash = to;
  };
  return h(
    'button',
    {
      type: 'button',
      class: key.startsWith('state:') ? 'chip state' : 'chip',
      'aria-pressed': String(on),
      'data-key': key,
      onclick: go,
    },
    words,
  );
}
