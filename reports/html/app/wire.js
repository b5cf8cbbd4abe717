import { octets } from './data.js';
import { h } from './dom.js';
import { duration } from './parts.js';

/** @typedef {import('../../../harness/model.js').Evidence} Evidence */
/** @typedef {import('./data.js').Hop} Hop */

const FIRST_EVENTS = 400;
/** From this gap on a row of its own tells it. */
const PAUSE_MS = 250;

/** What went over the wire and what was said of it, a lane a hop, in the order of time.
 * @param {readonly Evidence[]} evidence
 * @param {readonly Hop[]} hops */
export function wire(evidence, hops) {
  if (evidence.length === 0) return h('p', { class: 'muted' }, 'Nothing was recorded.');
  const ordered = [...evidence].sort((a, b) => a.at - b.at);
  const lanes = hops.map((hop) => (hop.role === 'client' || hop.role === 'origin' ? hop.role : hop.name));
  const head = h(
    'tr',
    {},
    h('th', { scope: 'col' }, 'ms'),
    lanes.map((lane) => h('th', { scope: 'col', class: 'lane' }, lane)),
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
      body.append(event(each, lanes, each.at - /** @type {Evidence} */ (ordered[0]).at));
    }
    more.textContent = `Show ${ordered.length - next} more`;
    more.hidden = next >= ordered.length;
  };
  show(FIRST_EVENTS);
  return h(
    'div',
    {},
    h('div', { class: 'scroll' }, h('table', { class: 'wire' }, h('thead', {}, head), body)),
    more,
  );
}

/** @param {number} gap @param {number} lanes */
function pause(gap, lanes) {
  return h('tr', { class: 'pause' }, h('td'), h('td', { colspan: lanes + 1 }, `${duration(gap)} later`));
}

/** @param {Evidence} each @param {string[]} lanes @param {number} at */
function event(each, lanes, at) {
  const lane = lanes.indexOf(each.by);
  return h(
    'tr',
    { class: each.kind },
    h('td', { class: 'at' }, at.toFixed(1)),
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
      h(
        'span',
        { class: 'who' },
        `${each.by} ${each.kind === 'log' || each.kind === 'note' ? `(${each.kind})` : each.kind}`,
      ),
      h('pre', {}, each.text.replace(/(\r?\n)+$/, '')),
      each.bytes && bytes(each.bytes),
    ),
  );
}

/** The client stands left and the origin right.
 * @param {Evidence} each */
function arrow({ by, kind }) {
  if (kind !== 'sent' && kind !== 'received') return '•';
  if (by === 'client') return kind === 'sent' ? '→' : '←';
  if (by === 'origin') return kind === 'sent' ? '←' : '→';
  return '•';
}

/** Octets on demand.
 * @param {string} base64 */
function bytes(base64) {
  const length = Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
  const box = h('pre', { class: 'hex' });
  const fill = () => {
    if (box.textContent === '') box.textContent = hex(octets(base64));
  };
  return h('details', { class: 'bytes', ontoggle: fill }, h('summary', {}, `${length} octets`), box);
}

/** Offset, hexadecimal, ASCII; sixteen a line.
 * @param {Uint8Array} octets */
export function hex(octets) {
  const lines = [];
  for (let at = 0; at < octets.length; at += 16) {
    const row = [...octets.subarray(at, at + 16)];
    const digits = row.map((octet) => octet.toString(16).padStart(2, '0'));
    const halves = `${digits.slice(0, 8).join(' ')}  ${digits.slice(8).join(' ')}`.padEnd(48);
    const ascii = row.map((octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.'));
    lines.push(`${at.toString(16).padStart(6, '0')}  ${halves}  ${ascii.join('')}`);
  }
  return lines.join('\n');
}
