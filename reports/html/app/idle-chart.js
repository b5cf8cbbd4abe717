import { h } from './dom.js';
import { stepsOf } from './idle.js';
import { briefly } from './parts.js';
import { address } from './route.js';
import { drawing, s } from './svg.js';

/** @typedef {import('./idle.js').Survival} Survival */

const WIDTH = 560;
const CURVE = 54;
const BAR = 22;
const TOP = 18;

/** The step curve of a place and a bar for each way to keep it alive.
 * @param {Survival} survival @param {number} endMs where the axis ends; the same for places that are to be compared */
export function survivalChart(survival, endMs) {
  const { modes, idleMs } = survival;
  const x = (/** @type {number} */ ms) => (Math.min(ms, endMs) / endMs) * WIDTH;
  const height = TOP + CURVE + 14;
  return h(
    'div',
    { class: 'survival' },
    h('p', { class: 'cut' }, ...cutWords(survival)),
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Survival of silent connections' },
      drawing(
        WIDTH + 24,
        height,
        { class: 'chart', role: 'img', 'aria-label': cutWords(survival).join('') },
        ...ticks(endMs).map((ms) =>
          s(
            'g',
            { class: 'grid' },
            s('path', { d: `M${x(ms) + 12} ${TOP}V${TOP + CURVE}` }),
            s(
              'text',
              { x: x(ms) + (ms === 0 ? 4 : 12), y: 11, 'text-anchor': ms === 0 ? 'start' : 'middle' },
              briefly(ms),
            ),
          ),
        ),
        ...curve(survival, endMs, x),
      ),
      modes.length > 0 &&
        h(
          'table',
          { class: 'modes' },
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              ['kept alive by', '', 'does it help'].map((name, i) =>
                i === 1 ? h('td', { class: 'bare' }) : h('th', { scope: 'col' }, name),
              ),
            ),
          ),
          h(
            'tbody',
            {},
            modes.map((mode) => modeRow(mode, idleMs, x)),
          ),
        ),
    ),
  );
}

/** @param {number} endMs */
const ticks = (endMs) => [0, 0.25, 0.5, 0.75, 1].map((part) => part * endMs);

/** @param {Survival} survival @param {number} endMs @param {(ms: number) => number} x */
function curve(survival, endMs, x) {
  const y = (/** @type {number} */ share) => TOP + 6 + (1 - share) * (CURVE - 12);
  const steps = stepsOf(survival, endMs);
  const line = steps.reduce(
    (path, [ms, share], i) => (i === 0 ? `M${x(ms) + 12} ${y(share)}` : `${path}H${x(ms) + 12}V${y(share)}`),
    '',
  );
  const [last = 0] = steps.at(-1) ?? [];
  const { idleMs, mostMs } = survival;
  const cutX = x(idleMs) + 12;
  const low = y(0);
  const wordX = x(mostMs) + 12;
  const late = wordX > WIDTH * 0.6;
  return [
    s('path', { class: 'under', d: `${line}V${low}H12Z` }),
    s('path', { class: 'step', d: line }),
    idleMs < 0 &&
      last < endMs &&
      s('path', { class: 'unwatched', d: `M${x(last) + 12} ${y(1)}H${WIDTH + 12}` }),
    idleMs >= 0 && s('path', { class: 'cut-mark', d: `M${cutX - 4} ${low - 4}l8 8m0-8l-8 8` }),
    idleMs >= 0 &&
      s(
        'text',
        { class: 'cut-word', x: wordX + (late ? -8 : 8), y: low - 8, 'text-anchor': late ? 'end' : 'start' },
        mostMs > idleMs
          ? `some at ${briefly(idleMs)}, all by ${briefly(mostMs)}`
          : `cut at ${briefly(idleMs)}`,
      ),
    (idleMs < 0 || cutX > 60) && s('text', { class: 'axis-word', x: 15, y: y(1) + 13 }, 'alive'),
  ];
}

/** @param {import('./idle.js').Mode} mode @param {number} idleMs @param {(ms: number) => number} x */
function modeRow({ mode, id, kept, why }, idleMs, x) {
  const [glyph, word, name] = kept
    ? ['✓', 'yes', 'pass']
    : kept === false
      ? ['✗', 'no', 'fail']
      : ['–', 'not known', 'skip'];
  const length = kept ? WIDTH : kept === false && idleMs >= 0 ? x(idleMs) : 0;
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, h('a', { href: address('finding', id) }, mode.replaceAll('-', ' '))),
    h(
      'td',
      { 'aria-hidden': 'true' },
      drawing(
        WIDTH / 2,
        BAR,
        { class: 'chart', viewBox: `0 0 ${WIDTH} ${BAR * 2}` },
        s('path', { class: 'track', d: `M0 ${BAR}H${WIDTH}` }),
        s('path', { class: `bar ${name}`, d: `M0 ${BAR}H${length}` }),
        kept === false && s('path', { class: 'cut-mark', d: `M${length - 8} ${BAR - 8}l16 16m0-16l-16 16` }),
      ),
    ),
    h(
      'td',
      {},
      h('strong', { class: `kept ${name}` }, `${glyph} ${word}`),
      ' ',
      h('span', { class: 'muted' }, why),
    ),
  );
}

/** How it is cut and what each side is told, in words.
 * @param {Survival} survival
 * @returns {string[]} */
export function cutWords({ idleMs, mostMs, aliveMs, by, clientSaw, originSaw, busyToo }) {
  if (idleMs < 0)
    return aliveMs > 0 ? [`not cut within ${briefly(aliveMs)} of silence`] : ['no cut was measured'];
  const after = mostMs > idleMs ? `${idleMs} to ${mostMs} ms` : `${idleMs} ms`;
  const told = (/** @type {string} */ saw) =>
    saw === 'nothing' ? 'is told nothing' : `sees ${saw === 'close' ? 'Close' : saw.toUpperCase()}`;
  return [
    busyToo ? `cut at the age of ${after}, silent or not` : `cut after ${after} of silence`,
    by && ` by ${by}`,
    clientSaw && `: the client ${told(clientSaw)}`,
    originSaw && `, the origin ${told(originSaw)}`,
  ].filter(Boolean);
}
