import { stepsOf } from './lives.js';
import { briefly } from './parts.js';
import { drawing, s } from './svg.js';

/** @typedef {import('./lives.js').Lives} Lives */

const MARGIN_PX = 12;

/** The share of connections that live, against time; dotted where nobody watched any more.
 * @param {Lives} lives @param {number} endMs @param {{ width: number, height: number, words: string }} size */
export function curve(lives, endMs, { width, height, words }) {
  const { steps, knownMs } = stepsOf(lives, endMs);
  const x = (/** @type {number} */ ms) => (Math.min(ms, endMs) / endMs) * (width - 2 * MARGIN_PX) + MARGIN_PX;
  const y = (/** @type {number} */ share) => 5 + (1 - share) * (height - 10);
  const line = steps
    .map(([ms, share], i) => (i === 0 ? `M${x(0)} ${y(share)}` : `H${x(ms)}V${y(share)}`))
    .join('');
  const [, last = 1] = steps.at(-1) ?? [];
  const low = y(0);
  return drawing(
    width,
    height,
    { class: 'chart', role: 'img', 'aria-label': words },
    ...quarters(endMs).map((ms) => s('g', { class: 'grid' }, s('path', { d: `M${x(ms)} 0V${height}` }))),
    s('path', { class: 'under', d: `${line}H${x(knownMs)}V${low}H${x(0)}Z` }),
    s('path', { class: 'step', d: `${line}H${x(knownMs)}` }),
    knownMs < endMs && s('path', { class: 'unwatched', d: `M${x(knownMs)} ${y(last)}H${x(endMs)}` }),
    ...steps
      .slice(1)
      .map(([ms, share]) =>
        s('path', { class: 'cut-mark', d: `M${x(ms) - 4} ${y(share) - 4}l8 8m0-8l-8 8` }),
      ),
  );
}

/** The axis above such curves.
 * @param {number} endMs @param {number} width */
export function timeAxis(endMs, width) {
  const x = (/** @type {number} */ ms) => (ms / endMs) * (width - 2 * MARGIN_PX) + MARGIN_PX;
  return drawing(
    width,
    15,
    { class: 'chart', 'aria-hidden': 'true' },
    ...quarters(endMs).map((ms) =>
      s(
        'text',
        {
          x: ms === 0 ? 0 : ms === endMs ? width : x(ms),
          y: 11,
          'text-anchor': ms === 0 ? 'start' : ms === endMs ? 'end' : 'middle',
        },
        briefly(ms),
      ),
    ),
  );
}

/** @param {number} endMs */
const quarters = (endMs) => [0, 0.25, 0.5, 0.75, 1].map((part) => part * endMs);
