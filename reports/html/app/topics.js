import { run } from './data.js';
import { h, visible } from './dom.js';
import { grouped } from './grouped.js';
import { broken } from './parts.js';
import { filtered } from './route.js';
import { drawing, s } from './svg.js';

/** @typedef {import('./data.js').Finding} Finding */
/** @typedef {import('./route.js').Filter} Filter */

const BAR = { width: 132, height: 10 };

/** What an audit was allowed to do, and what it took. */
export function auditFacts() {
  if (!run.audit) return false;
  const told = run.audit.map(([name, words]) => h('div', {}, h('dt', {}, name), h('dd', {}, words)));
  return h('dl', { class: 'audit-facts' }, told);
}

/** How each topic fared: a bar, and the figures behind it, in words where there is room. A topic leads to what was found on
 * it, and back.
 * @param {Filter} filter @param {boolean} [roomy] */
export function topicTable(filter, roomy = false) {
  const groups = grouped(run.findings, ({ topic }) => topic);
  const most = Math.max(...[...groups.values()].map((own) => own.length));
  const rows = [...groups].map(([topic, own]) => {
    const on = filter.topic === topic;
    const told = run.states
      .map(({ id, word }) => ({ word, n: own.filter(({ state }) => state === id).length }))
      .filter(({ n }) => n > 0)
      .map(({ n, word }) => `${n} ${word}`)
      .join(', ');
    return h(
      'tr',
      { class: own.some(broken) ? 'odd' : undefined },
      h(
        'th',
        { scope: 'row' },
        h(
          'a',
          {
            href: filtered({ ...filter, topic: on ? '' : topic }),
            'data-key': `topic:${topic}`,
            'data-cell': true,
            'aria-current': on ? 'true' : undefined,
          },
          topic,
        ),
      ),
      h('td', {}, bar(own, most)),
      roomy
        ? h('td', {}, told)
        : h(
            'td',
            { class: 'took', title: told },
            `${own.filter(broken).length}/${own.length}`,
            h('span', { class: 'sr' }, ` ${told}`),
          ),
    );
  });
  return h('table', { class: 'topics', 'data-grid': true }, h('tbody', {}, rows));
}

/** @param {Finding[]} own @param {number} most of any topic */
function bar(own, most) {
  const step = BAR.width / most;
  let x = 0;
  const pieces = run.states.flatMap(({ id, word }) => {
    const n = own.filter(({ state }) => state === id).length;
    if (n === 0) return [];
    const piece = s(
      'rect',
      { class: id, x, y: 0, width: n * step, height: BAR.height },
      s('title', {}, `${n} ${visible(word)}`),
    );
    x += n * step;
    return [piece];
  });
  return drawing(BAR.width, BAR.height, { class: 'bar', 'aria-hidden': 'true' }, ...pieces);
}
