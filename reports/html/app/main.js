import { audit } from './audit.js';
import { hop } from './by-hop.js';
import { checks, findings, run, scenarios } from './data.js';
import { h, visible } from './dom.js';
import { finding } from './finding.js';
import { idle } from './idle-view.js';
import { listen, settle } from './keys.js';
import { latency } from './latency.js';
import { overview } from './overview.js';
import { review } from './review.js';
import { asking, filtered, mended, parse } from './route.js';
import { check, scenario } from './scenario.js';

/** @typedef {import('./route.js').Route} Route */

const main = h('main', { id: 'main' });
const search = /** @type {HTMLInputElement} */ (
  h('input', {
    type: 'search',
    placeholder: 'search findings',
    title: 'words, "a quotation", -without, blame: hop: check: scenario: outcome: severity: kind: topic:',
    'aria-label': 'Search findings',
    spellcheck: 'false',
    autocomplete: 'off',
  })
);
/** Where the focus and the scroll were, by address.
 * @type {Map<string, { key: string | undefined, top: number }>} */
const left = new Map();
/** The last address of the overview, filters and all; Escape and `all scenarios` lead back to it. */
const home = { address: '#/' };
const shownAt = { hash: '' };
/** So long after the last key the search is gone for. */
const SEARCH_MS = 120;
const views = run.audit
  ? [
      ['#/', 'findings'],
      ['#/audit', 'on paper'],
    ]
  : [
      ['#/', 'scenarios'],
      ['#/by-hop', 'hops'],
      ['#/idle', 'idle'],
      ['#/latency', 'latency'],
      ['#/audit', 'audit'],
    ];

/** Puts the page up; called once all modules are there. */
export function start() {
  document.body.append(
    h('a', { class: 'skip-link', href: '#main', onclick: skipToMain }, 'Skip to the findings'),
    h(
      'header',
      {},
      h('a', { class: 'brand', href: '#/' }, run.tool.name),
      h('span', { class: 'muted version' }, run.tool.version),
      h(
        'nav',
        { class: 'views', 'aria-label': 'Views' },
        views.map(([href, words]) => h('a', { href }, words)),
      ),
      h('div', { class: 'search', role: 'search' }, search, h('kbd', { 'aria-hidden': 'true' }, '/')),
    ),
    main,
    h(
      'footer',
      {},
      h('kbd', {}, '← ↑ ↓ →'),
      ' walk, ',
      h('kbd', {}, 'Enter'),
      ' opens, ',
      h('kbd', {}, '/'),
      ' searches, ',
      h('kbd', {}, 'Esc'),
      ' goes up, ',
      h('kbd', {}, 'j'),
      ' ',
      h('kbd', {}, 'k'),
      ' next and previous finding, ',
      h('kbd', {}, 'n'),
      ' ',
      h('kbd', {}, 'p'),
      ' the same, not as expected',
    ),
  );
  let waiting = 0;
  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(seek, SEARCH_MS);
  });
  listen({ search, up });
  history.scrollRestoration = 'manual';
  window.addEventListener('hashchange', show);
  window.addEventListener('beforeprint', () => openAll(true));
  window.addEventListener('afterprint', () => openAll(false));
  show();
}

/** Narrows the overview to what the search holds; from another view it goes there. */
function seek() {
  const route = parse(location.hash);
  const words = search.value;
  if (isOverview(route)) {
    if (words !== route.filter.words) location.replace(filtered({ ...route.filter, words }, route.view));
  } else if (words) location.hash = filtered({ ...parse(home.address).filter, words });
}

/** @param {Route} route */
const isOverview = ({ view, ids }) =>
  view === '' || view === 'where' || (view === 'by-hop' && ids.length === 0);

/** Whether two addresses lead to the same thing, looked at otherwise.
 * @param {Route} a @param {Route} b */
const alike = (a, b) => a.view === b.view && a.ids.join('\n') === b.ids.join('\n');

function show() {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const key = before?.dataset.key;
  left.set(shownAt.hash, { key, top: window.scrollY });
  const [from, route] = [parse(shownAt.hash), parse(location.hash)];
  const sameView = shownAt.hash !== '' && (alike(from, route) || (isOverview(from) && isOverview(route)));
  const live = sameView && alike(from, route) && main.querySelector('[data-asked]');
  if (live) {
    shownAt.hash = location.hash;
    live.dispatchEvent(new CustomEvent('asked', { detail: route.asks }));
    if (!document.activeElement || document.activeElement === document.body) focus(key);
    return;
  }
  const parts = viewOf(route) ?? [
    h('h1', { tabindex: -1 }, 'There is no such thing in this record'),
    h('p', {}, h('a', { href: '#/' }, 'All scenarios')),
  ];
  main.replaceChildren(...parts);
  settle(main);
  if (isOverview(route)) home.address = location.hash || '#/';
  for (const link of document.querySelectorAll('.views a')) {
    const here = parse(link.getAttribute('href') ?? '').view === route.view;
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  for (const link of main.querySelectorAll('.trail a[href="#/"]')) link.setAttribute('href', home.address);
  if (document.activeElement !== search) search.value = route.filter.words;
  const title = main.querySelector('h1')?.textContent ?? '';
  document.title = visible(`${title} · ${run.tool.name}`);
  const returned = left.get(location.hash);
  const first = shownAt.hash === '';
  shownAt.hash = location.hash || '#/';
  if (document.activeElement === search || first) return;
  focus(sameView ? key : returned?.key);
  if (!sameView) window.scrollTo(0, returned?.top ?? 0);
}

/** @param {Route} route @returns {HTMLElement[] | undefined} */
function viewOf({ view, ids, filter, asks }) {
  const named = (/** @type {Map<string, unknown>} */ all) => {
    const [id = '', ...rest] = mended(ids, (each) => all.has(each));
    return /** @type {[string, string | undefined]} */ ([id, rest[0]]);
  };
  if (view === '' && run.audit) return review(filter);
  if (view === '' || view === 'where') return overview(filter, view);
  if (view === 'by-hop') {
    const [name, topic, ...at] = ids;
    return name === undefined ? overview(filter, view) : hop(name, topic, at.join('/'));
  }
  if (view === 'scenario') return scenario(...named(scenarios));
  if (view === 'check') return check(named(checks)[0]);
  if (view === 'finding') return finding(named(findings)[0], asks);
  if (view === 'idle') return idle();
  if (view === 'latency') return latency();
  if (view === 'audit') return audit();
  return undefined;
}

/** Keys come from the record, so they are compared and never made into a selector.
 * @param {string | undefined} key */
function focus(key) {
  const keyed = [...main.querySelectorAll('[data-key]')].map((each) => /** @type {HTMLElement} */ (each));
  const again = key === undefined ? undefined : keyed.find((each) => each.dataset.key === key);
  (again ?? main.querySelector('h1'))?.focus({ preventScroll: true });
}

function up() {
  const { asks } = parse(location.hash);
  if (asks.at !== undefined) {
    location.hash = asking(
      location.hash.split('?', 1)[0] ?? '#/',
      asks.of === undefined ? {} : { of: asks.of },
    );
    return;
  }
  const trail = [...main.querySelectorAll('.trail a')];
  const link = trail.at(-1);
  if (link) location.hash = link.getAttribute('href') ?? '#/';
  else if (location.hash && location.hash !== '#/') location.hash = '#/';
}

/** @param {Event} event */
function skipToMain(event) {
  event.preventDefault();
  main.querySelector('h1')?.focus();
}

/** On paper nothing can be opened. What would be most of it stays shut (octets, what is unchanged), and whole logs are
 * shut: their lines of this finding stand among what was found.
 * @param {boolean} printing */
function openAll(printing) {
  for (const each of /** @type {NodeListOf<HTMLDetailsElement>} */ (
    main.querySelectorAll('details:not(.bytes, .unchanged)')
  )) {
    const wanted = !each.classList.contains('log');
    if (printing && each.open !== wanted) each.dataset.printed = 'otherwise';
    if (printing) each.open = wanted;
    else if (each.dataset.printed) {
      each.open = !wanted;
      delete each.dataset.printed;
    }
  }
}
