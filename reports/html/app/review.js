import { card } from './card.js';
import { run, SEVERITIES, states } from './data.js';
import { h } from './dom.js';
import { matching, narrows } from './filter.js';
import { grouped } from './grouped.js';
import { facts, filters, lost, since } from './overview.js';
import { badge, broken, count, list, section } from './parts.js';
import { address, filtered } from './route.js';
import { absent } from './since.js';
import { auditFacts, topicTable } from './topics.js';

/** @typedef {import('./data.js').Finding} Finding */
/** @typedef {import('./route.js').Filter} Filter */

/** Two endpoints may have been audited at once. */
const SEVERAL = run.scenarios.length > 1;

/** The first screen of an audit: topic by topic, the worst first.
 * @param {Filter} filter
 * @returns {HTMLElement[]} */
export function review(filter) {
  const found = matching(filter);
  const asked = filter.all || filter.outcomes.length > 0 || filter.words !== '' || filter.since.length > 0;
  const shown = asked ? found : found.filter(broken);
  const left = found.length - shown.length;
  const topics = [...grouped(shown, ({ topic }) => topic)]
    .map(([topic, own]) => ({ topic, own: gravest(own) }))
    .sort((a, b) => grave(a.own[0]) - grave(b.own[0]));
  const more = h(
    'a',
    { href: filtered({ ...filter, all: !filter.all }), 'data-key': 'all' },
    filter.all ? 'Show only what is broken' : `Show the ${left} that hold or were skipped too`,
  );
  return [
    h('h1', { tabindex: -1 }, run.verdict),
    auditFacts(),
    facts(),
    run.comparison && since(filter, ''),
    run.findings.length > 0 && filters(filter, ''),
    h(
      'div',
      { class: 'review' },
      h('aside', {}, run.findings.length > 0 && section('By topic', topicTable(filter))),
      h(
        'div',
        {},
        topics.map(({ topic, own }) =>
          section(
            `${topic}: ${count(own.length, asked ? 'check' : 'finding')}`,
            ...own.map((finding) => card(finding, isGrave(finding))),
          ),
        ),
        shown.length === 0 &&
          h('p', { class: 'muted' }, narrows(filter) ? 'No finding matches.' : 'Everything holds.'),
        (left > 0 || filter.all) && h('p', {}, more),
        !narrows(filter) && !filter.all && untold(),
      ),
    ),
    filter.since.includes('gone') && absent().length > 0 && lost(),
  ].filter((part) => part instanceof HTMLElement);
}

/** By severity, then by state: what is accepted or could not be judged comes after what is broken.
 * @param {Finding | undefined} finding */
function grave(finding) {
  if (!finding) return Number.POSITIVE_INFINITY;
  const order = run.states.map(({ id }) => id);
  const severity = SEVERITIES.indexOf(finding.severity ?? 'critical');
  const { state } = finding;
  const settled = broken(finding) ? (state === 'fail' || state === 'warn' ? 0 : 1000) : 2000;
  return settled + severity * 20 + order.indexOf(state);
}

/** @param {Finding[]} found */
const gravest = (found) => [...found].sort((a, b) => grave(a) - grave(b));

/** @param {Finding} finding */
const isGrave = ({ state, severity }) => state === 'fail' && (severity === 'critical' || severity === 'high');

/** What holds and what was skipped, shut. */
function untold() {
  const those = (/** @type {(finding: Finding) => boolean} */ test) => run.findings.filter(test);
  const holds = those(({ state }) => state === 'pass' || state === 'info');
  const skipped = those(({ state }) => state === 'skip');
  const reasonsOf = [...grouped(skipped, ({ message }) => message)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const block = (
    /** @type {import('./data.js').Index['states'][number]['id']} */ id,
    /** @type {Finding[]} */ own,
    /** @type {HTMLElement} */ body,
  ) => {
    const state = states.get(id);
    return (
      own.length > 0 &&
      state &&
      h('details', { class: 'untold' }, h('summary', {}, badge(state, String(own.length))), body)
    );
  };
  return h(
    'div',
    {},
    block('pass', holds, list(holds, { scenario: SEVERAL })),
    block(
      'skip',
      skipped,
      h(
        'div',
        {},
        reasonsOf.map(([reason, own]) =>
          h(
            'div',
            { class: 'why-not' },
            h('p', {}, h('strong', {}, `${own.length}: `), reason),
            h(
              'ul',
              { class: 'ids plain' },
              own.map(({ id, check }) =>
                h('li', {}, h('a', { href: address('finding', id) }, SEVERAL ? id : check)),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
