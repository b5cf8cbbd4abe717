import { h } from './dom.js';

/** @typedef {import('../../../harness/model.js').HopChange} HopChange */

/** By how the word begins or ends; the first that fits.
 * @type {readonly [RegExp, string, string][]} glyph, and class */
const KINDS = [
  [/dropped$|^lost|-lost$|^cut|-cut$/, '−', 'dropped'],
  [/added$/, '+', 'added'],
  [/rewritten$|changed$|^status|^version|^remasked|remasked$/, '~', 'rewritten'],
  [/^re-?cased|recased$|re-cased$/, 'Aa', 'recased'],
  [/reordered$|moved$/, '↕', 'moved'],
  [/answered|^refused/, '↩', 'rewritten'],
  [/buffered|delayed/, '◷', 'moved'],
  [/merged|joined/, '⊃', 'moved'],
  [/split|parted/, '⋔', 'moved'],
];

/** Glyph and class of what became of a line, or of what a hop did.
 * @param {string} word */
export function signOf(word) {
  const [, glyph = '•', name = 'other'] = KINDS.find(([fits]) => fits.test(word)) ?? [];
  return { glyph, name };
}

/** Glyph, word and colour.
 * @param {string} kind */
export function sign(kind) {
  const { glyph, name } = signOf(kind);
  return h(
    'span',
    { class: `sign ${name}` },
    h('span', { class: 'glyph', 'aria-hidden': 'true' }, glyph),
    ' ',
    kind.replaceAll('-', ' '),
  );
}

/** What each hop did to what passed.
 * @param {readonly HopChange[]} changes */
export function changeTable(changes) {
  /** @type {Map<string, HopChange[]>} */
  const byHop = new Map();
  for (const change of changes) byHop.set(change.hop, [...(byHop.get(change.hop) ?? []), change]);
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'What each hop did' },
    h(
      'table',
      { class: 'changes' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['hop', 'what', 'in words'].map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      [...byHop].map(([hop, done]) =>
        h(
          'tbody',
          {},
          done.map((change, i) =>
            h(
              'tr',
              {},
              i === 0 && h('th', { scope: 'rowgroup', rowspan: done.length }, hop),
              h('td', {}, sign(change.kind)),
              h('td', {}, change.text, ...fromTo(change)),
            ),
          ),
        ),
      ),
    ),
  );
}

/** @param {HopChange} change */
function fromTo({ name, before, after }) {
  const told = name === undefined ? '' : `${name}: `;
  return [
    before !== undefined &&
      h('pre', { class: 'before' }, h('span', { class: 'muted' }, 'in   '), `${told}${before}`),
    after !== undefined &&
      h('pre', { class: 'after' }, h('span', { class: 'muted' }, 'out  '), `${told}${after}`),
  ];
}
