import { bits, headerOctets } from './bits.js';
import { copying } from './copy.js';
import { h } from './dom.js';
import { brief, whoDid } from './entries.js';
import { digits, hexDump, latin1, octets } from './hex.js';
import { briefly } from './parts.js';
import { reference } from './reference.js';
import { closeOf, isText } from './rules.js';

/** @typedef {import('./entries.js').Evidence} Evidence */

/** One entry, opened: what it breaks, the bits of its header, its octets as text and in hex.
 * @param {Evidence} entry @param {number} at ms since the first one shown
 * @param {import('./rules.js').Fault[]} faults @param {() => void} close */
export function inspect(entry, at, faults, close) {
  const { frame, mark, bytes } = entry;
  const payload = bytes === undefined ? undefined : octets(bytes);
  const isHead = mark === 'request' || mark === 'response';
  return h(
    'section',
    { class: 'inspect', 'aria-label': 'The entry that was opened' },
    h(
      'header',
      {},
      h('h3', {}, `${whoDid(entry)} `, h('span', {}, brief(entry))),
      h('span', { class: 'muted' }, `at ${briefly(at)}`),
      h(
        'button',
        { type: 'button', class: 'chip', onclick: close, 'data-key': 'shut' },
        'Close ',
        h('kbd', {}, 'Esc'),
      ),
    ),
    faults.length > 0 &&
      h(
        'ul',
        { class: 'faults' },
        faults.map(({ text, ref }) => h('li', {}, '✗ breaks ', reference(ref), `: ${text}`)),
      ),
    frame && bits(frame),
    !payload && entry.text !== brief(entry) && h('pre', { class: 'payload' }, entry.text),
    payload && isHead && h('pre', { class: 'payload' }, latin1(/** @type {string} */ (bytes))),
    payload && !isHead && asText(entry, payload),
    payload && h('pre', { class: 'hex', tabindex: 0, 'aria-label': 'Octets in hex' }, hexDump(payload)),
    payload && cutNote(entry, payload),
    payload &&
      h(
        'p',
        { class: 'copies' },
        copying(frame ? 'copy payload as hex' : 'copy as hex', () => digits(payload)),
        frame &&
          whole(frame, payload) &&
          copying('copy frame as hex', () => digits(wireOctets(frame, payload))),
      ),
  );
}

/** @param {Evidence} entry @param {Uint8Array} payload */
function asText({ frame }, payload) {
  if (payload.length === 0) return h('p', { class: 'muted' }, 'No payload.');
  const close = frame?.opcode === 8 ? closeOf(payload) : undefined;
  if (close)
    return h(
      'p',
      {},
      'code ',
      h('code', {}, close.code),
      close.reason ? `, reason “${close.reason}”` : ', no reason',
    );
  if (!isText(payload)) return h('p', { class: 'muted' }, 'The octets are not UTF-8.');
  return h('pre', { class: 'payload' }, new TextDecoder().decode(payload));
}

/** @param {Evidence} entry @param {Uint8Array} payload */
function cutNote({ frame }, payload) {
  if (!frame || payload.length >= frame.octets) return false;
  return h('p', { class: 'muted' }, `The first ${payload.length} of ${frame.octets} octets were kept.`);
}

/** @param {import('./entries.js').FrameHeader} frame @param {Uint8Array} payload */
const whole = (frame, payload) => payload.length === frame.octets && headerOctets(frame) !== undefined;

/** The frame as it went over the wire, masked again with its own key.
 * @param {import('./entries.js').FrameHeader} frame @param {Uint8Array} payload */
export function wireOctets(frame, payload) {
  const header = headerOctets(frame) ?? new Uint8Array();
  const key = frame.masked ? header.subarray(-4) : new Uint8Array(4);
  const masked = payload.map((octet, i) => octet ^ /** @type {number} */ (key[i % 4]));
  return Uint8Array.from([...header, ...masked]);
}
