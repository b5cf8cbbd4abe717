import { run } from './data.js';
import { h } from './dom.js';
import { bins, percentile, total } from './histogram.js';
import { briefly, count, section, trail } from './parts.js';
import { address } from './route.js';
import { drawing, s } from './svg.js';

/** @typedef {import('./histogram.js').Counts} Counts */
/** @typedef {{ key: string, title: string, counts: Map<string, Counts> }} Figure counts by scenario */

/** Times that findings measured.
 * @type {Readonly<Record<string, string>>} */
const MEASURED = {
  switchMs: 'Switch to a fallback: time to its first message',
  deliveryDelayMs: 'Delay of a streamed event',
  noticedMs: 'Until a dead peer is noticed',
  roundTripsMs: 'Round trips of a message',
};

/** @returns {Figure[]} those of which there is something */
function figures() {
  const recorded = [
    recordedFigure('handshake', 'Handshake: from the request to the 101'),
    recordedFigure('ping', 'Ping of the client until the pong'),
  ];
  const measured = Object.entries(MEASURED).map(([key, title]) => ({
    key,
    title,
    counts: measuredFigure(key),
  }));
  return [...recorded, ...measured].filter(({ counts }) => counts.size > 0);
}

/** @param {'handshake' | 'ping'} key @param {string} title @returns {Figure} */
function recordedFigure(key, title) {
  const counts = run.scenarios.flatMap(({ id, latency }) =>
    latency[key].length > 0 ? [/** @type {[string, Counts]} */ ([id, latency[key]])] : [],
  );
  return { key, title, counts: new Map(counts) };
}

/** @param {string} key */
function measuredFigure(key) {
  /** @type {Map<string, [number, number][]>} */
  const counts = new Map();
  for (const { scenario, measured } of run.findings) {
    const value = measured?.[key];
    if (typeof value !== 'number' || value < 0) continue;
    const known = counts.get(scenario);
    if (known) known.push([value, 1]);
    else counts.set(scenario, [[value, 1]]);
  }
  return counts;
}

/** @returns {HTMLElement[]} */
export function latency() {
  const all = figures();
  return [
    trail(['#/', 'all scenarios']),
    h('h1', { tabindex: -1 }, all.length > 0 ? 'Latency' : 'No latency was measured'),
    h(
      'p',
      { class: 'muted' },
      'Each bar is a sixth of a power of ten wide. The load of the machine is in these figures.',
    ),
    ...all.map(({ title, counts }) => {
      const joined = [...counts.values()].flat();
      return section(
        title,
        histogram(joined, title),
        h(
          'div',
          { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': `${title}, by place` },
          byPlace(counts),
        ),
      );
    }),
  ];
}

/** What was measured at one place, where anything was.
 * @param {string} scenario */
export function latencySection(scenario) {
  const here = figures().flatMap(({ key, title, counts }) => {
    const own = counts.get(scenario);
    return own ? [{ key, title, own }] : [];
  });
  if (here.length === 0) return undefined;
  return section(
    'Latency',
    h(
      'div',
      { class: 'histograms' },
      here.map(({ title, own }) =>
        h('figure', {}, h('figcaption', {}, title), histogram(own, title, 240, 52)),
      ),
    ),
  );
}

/** @param {Counts} counts @param {string} title @param {number} [width] @param {number} [height] */
function histogram(counts, title, width = 640, height = 96) {
  const all = bins(counts);
  const most = Math.max(...all.map((bin) => bin.count));
  const wide = width / Math.max(all.length, 8);
  const told = quantiles(counts);
  return h(
    'div',
    { class: 'histogram scroll', tabindex: 0, role: 'group', 'aria-label': title },
    drawing(
      width,
      height + 18,
      { class: 'chart', role: 'img', 'aria-label': `${title}: ${told}` },
      ...all.map((bin, i) => {
        const tall = bin.count === 0 ? 0 : Math.max((bin.count / most) * (height - 6), 2);
        return s(
          'g',
          {},
          s('title', {}, `${briefly(bin.from)} to ${briefly(bin.to)}: ${bin.count}`),
          s('rect', {
            class: 'bin',
            x: i * wide + 1,
            y: height - tall,
            width: Math.max(wide - 2, 1),
            height: tall,
          }),
        );
      }),
      s('path', { class: 'base', d: `M0 ${height}H${width}` }),
      ...all.flatMap((bin, i) =>
        i % Math.ceil(56 / wide) === 0 && i * wide < width - 44
          ? [
              s(
                'text',
                { class: 'tick', x: i * wide + 1, y: height + 13 },
                briefly(Number(bin.from.toPrecision(2))),
              ),
            ]
          : [],
      ),
    ),
    h('p', { class: 'muted' }, told),
  );
}

/** @param {Counts} counts */
function quantiles(counts) {
  const n = total(counts);
  const of = (/** @type {number} */ percent) => briefly(percentile(counts, percent));
  return n === 1 ? of(100) : `${n} values: median ${of(50)}, 90 % ${of(90)}, 99 % ${of(99)}, most ${of(100)}`;
}

/** @param {Map<string, Counts>} counts */
function byPlace(counts) {
  const rows = [...counts].map(([id, own]) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('a', { href: address('scenario', id) }, id)),
      h('td', {}, count(total(own), 'value')),
      [50, 90, 99, 100].map((percent) => h('td', { class: 'took' }, briefly(percentile(own, percent)))),
    ),
  );
  const names = ['place', 'measured', 'median', '90 %', '99 %', 'most'];
  return h(
    'table',
    { class: 'list places' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        names.map((name, i) => h('th', { scope: 'col', class: i > 1 ? 'took' : undefined }, name)),
      ),
    ),
    h('tbody', {}, rows),
  );
}
