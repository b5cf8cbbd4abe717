import { checks, run, states, unexpected } from './data.js';
import { h, visible } from './dom.js';
import { address } from './route.js';
import { changesOf } from './since.js';

/** @typedef {import('./data.js').Finding} Finding */

/** Glyph and word of a state; colour comes on top.
 * @param {import('../payload.js').Index['states'][number]} state
 * @param {string} [figures] */
export function badge(state, figures) {
  return h(
    'span',
    { class: `badge ${state.id}`, title: state.means },
    h('span', { class: 'glyph', 'aria-hidden': 'true' }, state.glyph),
    h('span', { class: 'word' }, state.word),
    figures !== undefined && [' ', h('span', { class: 'figures' }, figures)],
  );
}

/** @param {Finding} finding */
export function badgeOf(finding) {
  const state = states.get(finding.state);
  return state && badge(state);
}

/** @param {number} ms */
export function duration(ms) {
  if (ms < 1000) return `${Number(ms.toFixed(ms < 10 ? 2 : 1))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** A time in as few characters as do, for axes.
 * @param {number} ms */
export function briefly(ms) {
  if (ms < 10) return `${Number(ms.toFixed(1))} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${Number((ms / 1000).toFixed(2))} s` : duration(ms);
}

/** @param {number} n @param {string} thing */
export const count = (n, thing) => `${n} ${thing}${n === 1 ? '' : 's'}`;

/** @param {...[string, string]} steps address and words of what lies above */
export function trail(...steps) {
  const wordsOf = (/** @type {string} */ href, /** @type {string} */ words) =>
    href === '#/' && run.audit ? 'all findings' : words;
  const links = steps.map(([href, words]) => h('li', {}, h('a', { href }, wordsOf(href, words))));
  return h('nav', { class: 'trail', 'aria-label': 'Where this is' }, h('ol', {}, links));
}

/** @param {string} title @param {...import('./dom.js').Child} children */
export function section(title, ...children) {
  return h('section', { 'aria-label': visible(title) }, h('h2', {}, title), ...children);
}

/** Whether the claim does not hold, or could not be judged; whatever was expected.
 * @param {Finding} finding */
export const broken = ({ state }) => !['pass', 'info', 'skip'].includes(state);

/** Whether it came out as expected only when it was tried again.
 * @param {Finding} finding */
export const flaky = ({ tries = 1, differs }) => tries > 1 && !differs;

const FIRST_ROWS = 200;

/**
 * Findings as a list that the arrow keys walk.
 * @param {Finding[]} found
 * @param {{ scenario?: boolean, check?: boolean }} told which of the two ids are shown
 * @returns {HTMLElement}
 */
export function list(found, { scenario = true, check = true }) {
  const body = h('tbody');
  const more = h('button', { type: 'button', class: 'more', onclick: () => show(found.length) });
  /** @param {number} most */
  const show = (most) => {
    const next = found.slice(body.children.length, most);
    body.append(...next.map((finding) => row(finding, scenario, check)));
    more.textContent = `Show ${found.length - body.children.length} more`;
    more.hidden = body.children.length >= found.length;
  };
  show(FIRST_ROWS);
  const names = ['outcome', 'finding', 'what was seen', 'blame', 'took'];
  const head = h(
    'tr',
    {},
    names.map((name) => h('th', { scope: 'col' }, name)),
  );
  return h('div', {}, h('table', { class: 'list', 'data-grid': true }, h('thead', {}, head), body), more);
}

/** @param {Finding} finding @param {boolean} scenario @param {boolean} check */
function row(finding, scenario, check) {
  const name = scenario && check ? finding.id : check ? finding.check : finding.scenario;
  const claim = checks.get(finding.check);
  const key = `finding:${finding.id}`;
  return h(
    'tr',
    { class: unexpected(finding) ? 'unexpected' : undefined },
    h(
      'td',
      {},
      badgeOf(finding),
      changesOf(finding.id).map((change) => h('span', { class: `change tag ${change}` }, change)),
      flaky(finding) && h('span', { class: 'change tag flaky', title: `${finding.tries} tries` }, 'flaky'),
    ),
    h(
      'th',
      { scope: 'row' },
      h('a', { href: address('finding', finding.id), 'data-key': key, 'data-cell': true }, name),
      check &&
        h('span', { class: 'path-line' }, [claim?.title, finding.severity].filter(Boolean).join(' · ')),
    ),
    h('td', { class: 'seen' }, finding.actualText ?? finding.message),
    h('td', { class: 'blame' }, finding.blame ?? ''),
    h('td', { class: 'took' }, finding.outcome === 'skip' ? '' : duration(finding.ms)),
  );
}
