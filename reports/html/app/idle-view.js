import { run, scenarios } from './data.js';
import { h } from './dom.js';
import { axisOf, survivalOf } from './idle.js';
import { survivalChart } from './idle-chart.js';
import { idleByHop } from './idle-hops.js';
import { count, section, trail } from './parts.js';
import { address } from './route.js';

/** @typedef {import('./idle.js').Survival} Survival */

/** @returns {Survival[]} the shortest cut first, then where none came */
function survivals() {
  const found = run.scenarios.flatMap(
    ({ id }) =>
      survivalOf(
        id,
        run.findings.filter(({ scenario }) => scenario === id),
      ) ?? [],
  );
  const rank = (/** @type {Survival} */ { idleMs }) => (idleMs < 0 ? Infinity : idleMs);
  return found.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

/** Every place where it was measured how silence is borne.
 * @returns {HTMLElement[]} */
export function idle() {
  const all = survivals();
  const endMs = axisOf(all);
  const untold = run.scenarios.filter(
    ({ id }) =>
      !all.some(({ scenario }) => scenario === id) &&
      run.findings.some((each) => each.scenario === id && /(^|\/)(idle|survives)-/.test(each.check)),
  );
  const cut = all.filter(({ idleMs }) => idleMs >= 0);
  const first = cut[0];
  const title = first
    ? `Silence is cut at ${cut.length} of ${count(all.length, 'place')}, the soonest after ${first.idleMs} ms`
    : all.length > 0
      ? `Silence is cut nowhere, at ${count(all.length, 'place')}`
      : 'How silence is borne was not measured';
  return [
    trail(['#/', 'all scenarios']),
    h('h1', { tabindex: -1 }, title),
    h(
      'p',
      { class: 'muted' },
      'How long connections live, silent or kept alive: the share that is alive, over time. Dotted is what nobody watched. All axes are the same.',
    ),
    ...(all.length > 1 ? [heading('By intermediary'), ...idleByHop(all, endMs), heading('By place')] : []),
    ...all.map((survival) => place(survival, endMs)),
    ...(untold.length > 0
      ? [
          section(
            `Could not be measured: ${count(untold.length, 'place')}`,
            h(
              'ul',
              { class: 'ids' },
              untold.map(({ id }) => h('li', {}, h('a', { href: address('scenario', id) }, id))),
            ),
          ),
        ]
      : []),
  ];
}

const heading = (/** @type {string} */ words) => h('h2', { class: 'part' }, words);

/** @param {Survival} survival @param {number} endMs */
function place(survival, endMs) {
  const { scenario } = survival;
  const at = section(scenarios.get(scenario)?.title ?? scenario);
  at.append(
    h('p', { class: 'id' }, h('a', { href: address('scenario', scenario) }, scenario)),
    survivalChart(survival, endMs),
  );
  return at;
}

/** The same for one place, where it was measured.
 * @param {string} scenario */
export function idleSection(scenario) {
  const survival = survivalOf(
    scenario,
    run.findings.filter((each) => each.scenario === scenario),
  );
  return survival && section('How silence is borne', survivalChart(survival, axisOf([survival])));
}
