import { copying } from './copy.js';
import { h } from './dom.js';

/** What to change, in the language of each product, ready to be taken away.
 * @param {Partial<Pick<import('./data.js').Check, 'fixes'>>} claim
 * @returns {HTMLElement[]} */
export function fixesOf({ fixes = {} }) {
  return Object.entries(fixes).map(([product, lines]) =>
    h(
      'figure',
      { class: 'lines' },
      h(
        'figcaption',
        {},
        h('span', {}, product),
        copying('copy', () => lines),
      ),
      h('pre', { tabindex: 0, 'aria-label': `Lines for ${product}` }, lines),
    ),
  );
}
