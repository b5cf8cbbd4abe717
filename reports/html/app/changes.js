import { h } from './dom.js';
import { grouped } from './grouped.js';
import { count } from './parts.js';

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

/** What proxies do to heads all the time: noise, but where a finding is about what they do to heads. */
const USUAL = /^headers?-(?:added|recased|reordered)$/;
/** The rest of it, which may be why a handshake failed. */
const RARER = /^header-rewritten$/;

/** What each hop did to what passed; the hop to blame comes first.
 * @param {readonly HopChange[]} changes
 * @param {{ blame: readonly string[], check: string, heads: boolean }} about names of hops, the check, and whether
 * heads are what it is about
 * @returns {HTMLElement[]} */
export function changeTables(changes, { blame, check, heads }) {
  const usual = (/** @type {HopChange} */ { kind }) => USUAL.test(kind) || (!heads && RARER.test(kind));
  const aside = /header/.test(check) ? [] : changes.filter(usual);
  const first = changes.filter((change) => !aside.includes(change));
  const ranked = [...first].sort((a, b) => Number(blame.includes(b.hop)) - Number(blame.includes(a.hop)));
  return [
    ...(ranked.length > 0 ? [changeTable(ranked)] : []),
    ...(aside.length > 0
      ? [
          h(
            'details',
            { class: 'asides unchanged' },
            h('summary', {}, `${count(aside.length, 'change')} of header fields, as proxies make them`),
            changeTable(aside),
          ),
        ]
      : []),
  ];
}

/** @param {readonly HopChange[]} changes */
function changeTable(changes) {
  const names = ['hop', 'what', 'in words'];
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
          names.map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      [...grouped(changes, ({ hop }) => hop)].map(([hop, done]) =>
        h(
          'tbody',
          {},
          done.map((change, i) =>
            h(
              'tr',
              {},
              i === 0 && h('th', { scope: 'rowgroup', rowspan: done.length }, hop),
              h('td', {}, sign(change.kind)),
              h('td', {}, coded(change.text), ...fromTo(change)),
            ),
          ),
        ),
      ),
    ),
  );
}

/** Words between backticks as code.
 * @param {string} text */
export const coded = (text) =>
  text.split('`').map((part, i, all) => (i % 2 === 1 && i < all.length - 1 ? h('code', {}, part) : part));

/** @param {HopChange} change */
function fromTo({ name, before, after }) {
  const line = (/** @type {string} */ way, /** @type {string} */ text) =>
    h(
      'pre',
      { class: way },
      h('span', { class: 'muted' }, way === 'before' ? 'in   ' : 'out  '),
      asLine(name, text),
    );
  return [before !== undefined && line('before', before), after !== undefined && line('after', after)];
}

/** A value as the line that it stood in; some are told as lines already.
 * @param {string | undefined} name @param {string} text */
const asLine = (name, text) =>
  !name || text.toLowerCase().startsWith(`${name.toLowerCase()}:`) ? text : `${name}: ${text}`;
