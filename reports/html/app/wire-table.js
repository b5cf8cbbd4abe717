import { h } from './dom.js';
import { shapeOf, towards, whoDid } from './entries.js';
import { hexDump, octetCount, octets } from './hex.js';
import { duration } from './parts.js';
import { isText } from './rules.js';

/** @typedef {import('./entries.js').Evidence} Evidence */

const FIRST_EVENTS = 400;
/** From this gap on a row of its own tells it. */
const PAUSE_MS = 250;

/** What went over the wire and what was said of it, a lane a hop, in the order of time.
 * @param {readonly Evidence[]} ordered by time
 * @param {readonly import('./lanes.js').Lane[]} lanes
 * @param {(entry: Evidence) => string} addressOf */
export function wireTable(ordered, lanes, addressOf) {
  const names = lanes.map(({ name }) => name);
  const head = h(
    'tr',
    {},
    h('th', { scope: 'col' }, 'ms'),
    names.map((name) => h('th', { scope: 'col', class: 'lane' }, name)),
    h('th', { scope: 'col' }, 'what'),
  );
  const body = h('tbody');
  const more = h('button', { type: 'button', class: 'more', onclick: () => show(ordered.length) });
  let next = 0;
  /** @param {number} most */
  const show = (most) => {
    for (; next < Math.min(most, ordered.length); next++) {
      const each = /** @type {Evidence} */ (ordered[next]);
      const gap = next === 0 ? 0 : each.at - /** @type {Evidence} */ (ordered[next - 1]).at;
      if (gap >= PAUSE_MS) body.append(pause(gap, lanes.length));
      const at = each.at - /** @type {Evidence} */ (ordered[0]).at;
      body.append(event(each, names, at, addressOf(each)));
    }
    more.textContent = `Show ${ordered.length - next} more`;
    more.hidden = next >= ordered.length;
  };
  show(FIRST_EVENTS);
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Entries' },
      h('table', { class: 'wire' }, h('thead', {}, head), body),
    ),
    more,
  );
}

/** @param {number} gap @param {number} lanes */
function pause(gap, lanes) {
  return h('tr', { class: 'pause' }, h('td'), h('td', { colspan: lanes + 1 }, `${duration(gap)} later`));
}

/** @param {Evidence} each @param {string[]} lanes @param {number} at @param {string} href */
function event(each, lanes, at, href) {
  const lane = lanes.indexOf(each.by);
  return h(
    'tr',
    { class: `${each.kind} ${shapeOf(each)}` },
    h('td', { class: 'at' }, h('a', { href, title: 'open this entry' }, at.toFixed(1))),
    lanes.map((_, i) =>
      h(
        'td',
        { class: i === lane ? 'lane here' : 'lane', 'aria-hidden': 'true' },
        i === lane ? arrow(each) : '',
      ),
    ),
    h(
      'td',
      { class: 'what' },
      h('span', { class: 'who' }, whoDid(each)),
      ' ',
      h('pre', {}, each.text.replace(/(\r?\n)+$/, ''), preview(each)),
      each.bytes && bytes(each.bytes),
    ),
  );
}

const MOST_PREVIEW = 120;

/** What a text says, as far as one line goes.
 * @param {Evidence} each */
function preview({ frame, bytes: base64 }) {
  if (frame?.opcode !== 1 || !base64) return false;
  const payload = octets(base64.slice(0, 1024));
  if (payload.length === 0 || !(isText(payload) || base64.length > 1024)) return false;
  const text = new TextDecoder().decode(payload);
  const cut = text.length > MOST_PREVIEW ? `${text.slice(0, MOST_PREVIEW)}…` : text;
  return h('span', { class: 'preview' }, ` “${cut}”`);
}

/** The client stands left and the origin right.
 * @param {Evidence} each */
function arrow(each) {
  const way = towards(each);
  return way > 0 ? '→' : way < 0 ? '←' : '•';
}

/** Octets on demand.
 * @param {string} base64 */
function bytes(base64) {
  const box = h('pre', { class: 'hex' });
  const fill = () => {
    if (box.textContent === '') box.textContent = hexDump(octets(base64));
  };
  return h(
    'details',
    { class: 'bytes', ontoggle: fill },
    h('summary', {}, `${octetCount(base64)} octets`),
    box,
  );
}
