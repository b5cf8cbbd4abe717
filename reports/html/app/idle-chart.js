import { h } from './dom.js';
import { curve, timeAxis } from './idle-curve.js';
import { keptLives, silentLives } from './lives.js';
import { briefly } from './parts.js';
import { address } from './route.js';

/** @typedef {import('./idle.js').Survival} Survival */
/** A row: what kept the connections, how long they lived, and the same in words.
 * @typedef {{ name: string, href?: string, lives: import('./lives.js').Lives, words: (string | Node)[] }} CurveRow */

const CURVE_PX = 380;

/** How silence is borne at a place, and how each way to keep a connection alive fares: a curve each, on one axis.
 * @param {Survival} survival @param {number} endMs where the axis ends; the same for places that are to be compared */
export function survivalChart(survival, endMs) {
  const silent = { name: 'silence', lives: silentLives([survival]), words: [cutBriefly(survival)] };
  const kept = survival.modes.map((each) => ({
    name: each.mode.replaceAll('-', ' '),
    href: address('finding', each.id),
    lives: keptLives([survival], each.mode),
    words: [verdictOn(each.kept ? 1 : 0, each.kept === undefined ? 0 : 1), ' ', each.why],
  }));
  return h(
    'div',
    { class: 'survival' },
    h('p', { class: 'cut' }, ...cutWords(survival)),
    curveTable([silent, ...kept], endMs),
  );
}

/** @param {CurveRow[]} rows @param {number} endMs */
export function curveTable(rows, endMs) {
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Survival of connections' },
    h(
      'table',
      { class: 'modes' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, 'kept alive by'),
          h('td', { class: 'bare' }, timeAxis(endMs, CURVE_PX)),
          h('th', { scope: 'col' }, 'how it went'),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map(({ name, href, lives, words }) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, href === undefined ? name : h('a', { href }, name)),
            h(
              'td',
              { class: 'curve' },
              lives.ended.length + lives.alive.length > 0 &&
                curve(lives, endMs, { width: CURVE_PX, height: 36, words: `${name}: share alive over time` }),
            ),
            h('td', {}, ...words),
          ),
        ),
      ),
    ),
  );
}

/** Whether a way to keep connections alive helped: glyph and word.
 * @param {number} kept places @param {number} tried places */
export function verdictOn(kept, tried) {
  const [glyph, word, name] =
    tried === 0
      ? ['–', 'not known', 'skip']
      : kept === tried
        ? ['✓', 'helps', 'pass']
        : kept === 0
          ? ['✗', 'does not help', 'fail']
          : ['◐', 'helps in part', 'known'];
  return h('strong', { class: `kept ${name}` }, `${glyph} ${word}`);
}

/** @param {Survival} survival */
function cutBriefly({ idleMs, mostMs, aliveMs }) {
  if (idleMs < 0) return aliveMs > 0 ? `alive after ${briefly(aliveMs)}` : 'not measured';
  return mostMs > idleMs
    ? `some cut at ${briefly(idleMs)}, all by ${briefly(mostMs)}`
    : `cut at ${briefly(idleMs)}`;
}

/** How it is cut and what each side is told, in words.
 * @param {Survival} survival
 * @returns {string[]} */
export function cutWords({ idleMs, mostMs, aliveMs, by, clientSaw, originSaw, busyToo }) {
  if (idleMs < 0)
    return aliveMs > 0 ? [`not cut within ${briefly(aliveMs)} of silence`] : ['no cut was measured'];
  const after = mostMs > idleMs ? `${idleMs} to ${mostMs} ms` : `${idleMs} ms`;
  return [
    busyToo ? `cut at the age of ${after}, silent or not` : `cut after ${after} of silence`,
    by && ` by ${by}`,
    clientSaw && `: the client ${toldOf(clientSaw)}`,
    originSaw && `, the origin ${toldOf(originSaw)}`,
  ].filter(Boolean);
}

/** @param {string} saw */
export const toldOf = (saw) =>
  saw === 'nothing' ? 'is told nothing' : `sees ${saw === 'close' ? 'Close' : saw.toUpperCase()}`;
