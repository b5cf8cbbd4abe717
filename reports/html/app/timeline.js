import { h, visible } from './dom.js';
import { brief, shapeOf, towards, whoDid } from './entries.js';
import { linksOf } from './links.js';
import { legend, outline } from './marks.js';
import { briefly, duration } from './parts.js';
import { labelled } from './rules.js';
import { scaleOf, ticksOf } from './scale.js';
import { drawing, s } from './svg.js';

/** @typedef {import('./entries.js').Evidence} Evidence */
/** @typedef {import('./lanes.js').Lane} Lane */
/** @typedef {{ entries: Evidence[], numbers: number[], lanes: Lane[], faults: Map<Evidence, import('./rules.js').Fault[]> }} Shown
 * what is drawn, the number of each entry in its address, and what it breaks */
/** @typedef {{ heights: number[], middles: number[], height: number }} Rows */

const AXIS = 30;
const MOST_DRAWN = 1000;
/** The width of a character of what is written beside marks. */
const CHAR_PX = 6.7;

/** Swim lanes with time along them; a mark is chosen with the pointer or the arrow keys, and opened.
 * @param {Shown} shown
 * @param {(number: number) => void} open */
export function timeline(shown, open) {
  const entries = shown.entries.slice(0, MOST_DRAWN);
  const rows = rowsOf(shown.lanes);
  const readout = h('p', { class: 'readout', 'aria-hidden': 'true' }, HINT);
  const scroll = h('div', { class: 'scroll lanes-scroll' });
  const size = { zoom: 1, width: 0 };
  const redraw = () => {
    const focused = /** @type {Element | null} */ (scroll.querySelector('.mark:focus'))?.getAttribute(
      'data-key',
    );
    scroll.replaceChildren(
      picture({ ...shown, entries }, rows, Math.max(size.width, 300), size.zoom, open, readout),
    );
    if (focused)
      for (const mark of scroll.querySelectorAll('.mark'))
        if (mark.getAttribute('data-key') === focused) /** @type {SVGElement} */ (mark).focus();
  };
  new ResizeObserver(([box]) => {
    const width = Math.floor(box?.contentRect.width ?? 0);
    if (width === 0 || width === size.width) return;
    size.width = width;
    redraw();
  }).observe(scroll);
  const zoomed = (/** @type {number} */ by) => {
    size.zoom = Math.min(Math.max(size.zoom * by, 1), 16);
    redraw();
  };
  return h(
    'div',
    { class: 'timeline' },
    h(
      'div',
      { class: 'lanes' },
      h(
        'div',
        { class: 'lane-names', 'aria-hidden': 'true' },
        shown.lanes.map((lane, i) =>
          h(
            'div',
            { class: `lane-name of-${lane.kind} tall-${rows.heights[i]}`, title: visible(lane.name) },
            h('span', {}, lane.name),
          ),
        ),
      ),
      scroll,
    ),
    h(
      'div',
      { class: 'under-lanes' },
      readout,
      h(
        'span',
        { class: 'zoom', role: 'group', 'aria-label': 'Scale of time' },
        zoomButton('−', 'Narrower', () => zoomed(0.5)),
        zoomButton('+', 'Wider', () => zoomed(2)),
      ),
    ),
    key(entries, shown.faults),
    shown.entries.length > MOST_DRAWN &&
      h('p', { class: 'muted' }, `The first ${MOST_DRAWN} of ${shown.entries.length} entries are drawn.`),
  );
}

const HINT = 'Point at a mark, or walk among them with the arrow keys; Enter opens it.';

/** @param {string} glyph @param {string} words @param {() => void} onclick */
const zoomButton = (glyph, words, onclick) =>
  h('button', { type: 'button', class: 'chip', 'aria-label': words, title: words, onclick }, glyph);

/** @param {Lane[]} lanes @returns {Rows} */
function rowsOf(lanes) {
  const heights = lanes.map((lane) => (lane.busy ? 48 : 26));
  let top = AXIS;
  const middles = heights.map((height) => {
    top += height;
    return top - height / 2;
  });
  return { heights, middles, height: top + 4 };
}

/** @param {Shown} shown @param {Rows} rows @param {number} room @param {number} zoom
 * @param {(number: number) => void} open @param {HTMLElement} readout */
function picture({ entries, numbers, lanes, faults }, rows, room, zoom, open, readout) {
  const names = lanes.map(({ name }) => name);
  const laneOf = entries.map(({ by }) => names.indexOf(by));
  const times = entries.map(({ at }) => at);
  const words = entries.map(labelled);
  const spare = tailOf(words, laneOf, times);
  const { xs, width: used, breaks } = scaleOf(times, laneOf, (room - 2) * zoom - spare);
  const width = used + spare;
  const x = (/** @type {number} */ i) => /** @type {number} */ (xs[i]);
  const y = (/** @type {number} */ i) =>
    /** @type {number} */ (rows.middles[/** @type {number} */ (laneOf[i])]);
  const start = times[0] ?? 0;
  const pairs = linksOf(entries, names);
  const linked = new Set(pairs.map(([from]) => from));
  const links = pairs.map(([from, to]) =>
    s('path', { class: 'link', d: `M${x(from)} ${y(from)}L${x(to)} ${y(to)}` }),
  );
  const marks = entries.map((entry, i) =>
    mark(entry, {
      number: /** @type {number} */ (numbers[i]),
      at: entry.at - start,
      x: x(i),
      y: y(i),
      room: roomOf(i, xs, laneOf),
      stub: linked.has(i) || entry.by === (towards(entry) > 0 ? 'origin' : 'client') ? 0 : towards(entry),
      faults: faults.get(entry) ?? [],
    }),
  );
  const tell = (/** @type {Event} */ event) => {
    const told = /** @type {Element} */ (event.target).closest('.mark')?.getAttribute('aria-label');
    if (told) readout.textContent = told;
  };
  const chosen = (/** @type {Event} */ event) => {
    const number = /** @type {Element} */ (event.target).closest('.mark')?.getAttribute('data-number');
    if (number) open(Number(number));
  };
  const picture = drawing(
    width,
    rows.height,
    {
      role: 'group',
      'aria-label': 'Timeline: marks in the order of time, a lane each for whoever recorded them',
      onclick: chosen,
      onpointerover: tell,
      onfocusin: tell,
      onkeydown: (/** @type {KeyboardEvent} */ event) => stroll(event, laneOf, chosen),
    },
    ...lanes.map((lane, i) =>
      s('line', {
        class: `lane-line of-${lane.kind}`,
        x1: 0,
        x2: width,
        y1: /** @type {number} */ (rows.middles[i]),
        y2: /** @type {number} */ (rows.middles[i]),
      }),
    ),
    ...lanes.map((lane, i) =>
      s('text', { class: 'lane-label', x: 2, y: /** @type {number} */ (rows.middles[i]) - 8 }, lane.name),
    ),
    ...breaks.map((gap) => silence(gap, rows.height)),
    ...ticksOf(xs).map((i) =>
      s(
        'text',
        { class: 'tick', x: x(i), y: 13, 'text-anchor': i === 0 ? 'start' : 'middle' },
        briefly((times[i] ?? start) - start),
      ),
    ),
    ...links,
    ...marks,
  );
  marks[0]?.setAttribute('tabindex', '0');
  return picture;
}

/** px that the words beside the last mark of a lane, and the time above it, need beyond the margin.
 * @param {readonly string[]} words @param {readonly number[]} laneOf @param {readonly number[]} times */
function tailOf(words, laneOf, times) {
  const last = words.filter((_, i) => laneOf.lastIndexOf(/** @type {number} */ (laneOf[i])) === i);
  const tick = briefly((times.at(-1) ?? 0) - (times[0] ?? 0)).length / 2;
  return Math.max(0, Math.ceil(Math.max(tick, ...last.map(({ length }) => length)) * CHAR_PX) - 26);
}

/** px to the next mark of the lane.
 * @param {number} i @param {readonly number[]} xs @param {readonly number[]} laneOf */
function roomOf(i, xs, laneOf) {
  const next = laneOf.indexOf(/** @type {number} */ (laneOf[i]), i + 1);
  return next < 0 ? Infinity : /** @type {number} */ (xs[next]) - /** @type {number} */ (xs[i]);
}

/** @param {Evidence} entry
 * @param {{ number: number, at: number, x: number, y: number, room: number, stub: number, faults: import('./rules.js').Fault[] }} place */
function mark(entry, { number, at, x, y, room, stub, faults }) {
  const word = labelled(entry);
  const shape = shapeOf(entry);
  const rules = faults.map(({ text, ref }) => `; ✗ ${text} (${ref})`).join('');
  const told = `${briefly(at)}: ${whoDid(entry)} ${brief(entry)}${rules}`.slice(0, 300);
  return s(
    'g',
    {
      class: `mark ${shape}${faults.length > 0 ? ' broken' : ''}`,
      transform: `translate(${x.toFixed(1)} ${y})`,
      role: 'button',
      tabindex: -1,
      'data-key': `at:${number}`,
      'data-number': number,
      'aria-label': visible(told.includes(word) ? told : `${word}, ${told}`),
    },
    s('rect', { class: 'target', x: -9, y: -16, width: 18, height: 34 }),
    stub !== 0 &&
      s('path', { class: 'stub', d: `M0 0V${stub * 19}M-3 ${stub * 15}L0 ${stub * 19}L3 ${stub * 15}` }),
    faults.length > 0 && s('circle', { class: 'ring', r: 10 }),
    outline(shape),
    faults.length > 0 && s('text', { class: 'bang', x: 10, y: -3 }, '!'),
    word.length * CHAR_PX + 4 < room &&
      s('text', { class: 'word', y: towards(entry) > 0 ? (faults.length > 0 ? -14 : -11) : 19, x: -5 }, word),
  );
}

/** @param {{ from: number, to: number, ms: number }} gap @param {number} height */
function silence({ from, to, ms }, height) {
  const middle = (from + to) / 2;
  const waves = Math.ceil((height - AXIS) / 12);
  const wave = (/** @type {number} */ x) => `M${x} ${AXIS}${'q3 3 0 6q-3 3 0 6'.repeat(waves)}`;
  return s(
    'g',
    { class: 'silence' },
    s('rect', { x: middle - 7, y: AXIS, width: 14, height: height - AXIS }),
    s('path', { d: `${wave(middle - 7)}${wave(middle + 7)}` }),
    s('text', { x: middle, y: AXIS - 4, 'text-anchor': 'middle' }, `⋯ ${duration(ms)} ⋯`),
  );
}

/** Left and right within the lane, up and down to the lane beside; Enter opens.
 * @param {KeyboardEvent} event @param {readonly number[]} laneOf @param {(event: Event) => void} chosen */
function stroll(event, laneOf, chosen) {
  const from = /** @type {Element} */ (event.target).closest('.mark');
  const svg = from?.closest('svg');
  if (!from || !svg || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    chosen(event);
    return;
  }
  const marks = [...svg.querySelectorAll('.mark')];
  const at = marks.indexOf(from);
  const to = next(event.key, at, laneOf);
  if (to === undefined) return;
  event.preventDefault();
  const target = /** @type {SVGElement | undefined} */ (marks[to]);
  if (!target) return;
  for (const each of marks) each.setAttribute('tabindex', each === target ? '0' : '-1');
  target.focus();
  target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** The number of the entry that the key leads to.
 * @param {string} key @param {number} at @param {readonly number[]} laneOf */
function next(key, at, laneOf) {
  const lane = /** @type {number} */ (laneOf[at]);
  if (key === 'ArrowRight') return laneOf.indexOf(lane, at + 1);
  if (key === 'ArrowLeft') return at === 0 ? -1 : laneOf.lastIndexOf(lane, at - 1);
  if (key === 'Home') return laneOf.indexOf(lane);
  if (key === 'End') return laneOf.lastIndexOf(lane);
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  const busy = [...new Set(laneOf)].sort((a, b) => a - b);
  const beside = busy[busy.indexOf(lane) + (key === 'ArrowUp' ? -1 : 1)];
  if (beside === undefined) return -1;
  const [before, after] = [laneOf.lastIndexOf(beside, at), laneOf.indexOf(beside, at)];
  if (before < 0 || after < 0) return Math.max(before, after);
  return at - before < after - at ? before : after;
}

/** @param {Evidence[]} entries @param {Shown['faults']} faults */
function key(entries, faults) {
  return h(
    'ul',
    { class: 'key', 'aria-label': 'What the marks stand for' },
    legend(entries).map(({ shape, means }) =>
      h(
        'li',
        {},
        drawing(
          16,
          16,
          { class: `mark ${shape}`, 'aria-hidden': 'true', viewBox: '-8 -8 16 16' },
          outline(shape),
        ),
        means,
      ),
    ),
    entries.some((entry) => faults.has(entry)) &&
      h('li', {}, h('span', { class: 'broken-key', 'aria-hidden': 'true' }, '!'), 'breaks a rule'),
  );
}
