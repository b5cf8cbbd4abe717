import { run } from './data.js';
import { h, visible } from './dom.js';
import { finding } from './finding.js';
import { listen, settle } from './keys.js';
import { overview } from './overview.js';
import { filtered, parse } from './route.js';
import { check, scenario } from './scenario.js';

/** @typedef {import('./route.js').Route} Route */

const main = h('main', { id: 'main' });
const search = /** @type {HTMLInputElement} */ (
  h('input', {
    type: 'search',
    placeholder: 'search findings',
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

/** Puts the page up; called once all modules are there. */
export function start() {
  document.body.append(
    h('a', { class: 'skip-link', href: '#main', onclick: skipToMain }, 'Skip to the findings'),
    h(
      'header',
      {},
      h('a', { class: 'brand', href: '#/' }, run.tool.name),
      h('span', { class: 'muted' }, run.tool.version),
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
      ' next and previous finding',
    ),
  );
  search.addEventListener('input', () => {
    const { view, filter } = parse(location.hash);
    const words = search.value;
    if (view === '') location.replace(filtered({ ...filter, words }));
    else if (words) location.hash = filtered({ ...parse(home.address).filter, words });
  });
  listen({ search, up });
  history.scrollRestoration = 'manual';
  window.addEventListener('hashchange', show);
  window.addEventListener('beforeprint', () => openAll(true));
  window.addEventListener('afterprint', () => openAll(false));
  show();
}

function show() {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const key = before?.dataset.key;
  left.set(shownAt.hash, { key, top: window.scrollY });
  const sameView = parse(shownAt.hash).view === '' && parse(location.hash).view === '' && shownAt.hash !== '';
  const route = parse(location.hash);
  const parts = viewOf(route) ?? [
    h('h1', { tabindex: -1 }, 'There is no such thing in this record'),
    h('p', {}, h('a', { href: '#/' }, 'All scenarios')),
  ];
  main.replaceChildren(...parts);
  settle(main);
  if (route.view === '') home.address = location.hash || '#/';
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
function viewOf({ view, ids, filter }) {
  const [id = '', topic] = ids;
  if (view === '') return overview(filter);
  if (view === 'scenario') return scenario(id, topic);
  if (view === 'check') return check(id);
  if (view === 'finding') return finding(id);
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

/** On paper nothing can be opened.
 * @param {boolean} open */
function openAll(open) {
  for (const each of main.querySelectorAll('details')) {
    if (open && !each.open) each.dataset.opened = 'for print';
    if (open) each.open = true;
    else if (each.dataset.opened) {
      each.open = false;
      delete each.dataset.opened;
    }
  }
}
