import { coded } from './changes.js';
import { copying } from './copy.js';
import { h } from './dom.js';

/** @typedef {import('./data.js').Finding} Finding */
/** @typedef {NonNullable<Finding['remedy']>} Remedy */

/** What to change at the hop that is to blame: the lines themselves, ready to be taken away, and whether they helped.
 * @param {Remedy} remedy @param {Finding['proved']} [proved] */
export function remedyOf({ hop, title, language, parts, note }, proved) {
  return h(
    'div',
    { class: 'cure' },
    h('p', {}, h('strong', {}, hop), ': ', coded(title), proved && ' ', proved && stamp(proved)),
    ...parts.map(({ where, lines }) =>
      h(
        'figure',
        { class: 'lines' },
        h(
          'figcaption',
          {},
          h('span', {}, where === undefined ? language : coded(where)),
          copying('copy', () => lines.join('\n')),
        ),
        h('pre', { tabindex: 0, 'aria-label': `Lines of ${language}` }, lines.join('\n')),
      ),
    ),
    note !== undefined && h('p', { class: 'muted' }, coded(note)),
    proved && proof(proved),
  );
}

/** @param {NonNullable<Finding['proved']>} proved */
const stateOfProof = ({ held }) =>
  held === undefined
    ? { name: 'untried', word: '– not tried' }
    : held
      ? { name: 'held', word: '✓ proved' }
      : { name: 'vain', word: '✗ did not help' };

/** @param {NonNullable<Finding['proved']>} proved */
function stamp(proved) {
  const { name, word } = stateOfProof(proved);
  return h('span', { class: `stamp ${name}` }, word);
}

/** Whether the remedy held when it was tried, and how that was seen.
 * @param {NonNullable<Finding['proved']>} proved */
export function proof(proved) {
  const { name, word } = stateOfProof(proved);
  return h('p', { class: `proved ${name}` }, h('strong', {}, `${word}: `), coded(proved.text));
}
