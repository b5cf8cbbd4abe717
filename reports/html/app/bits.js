import { h } from './dom.js';
import { opcodeWord } from './entries.js';

/** @typedef {import('./entries.js').FrameHeader} FrameHeader */

/** The header of a frame, field by field (RFC 6455 §5.2).
 * @param {FrameHeader} frame */
export function bits(frame) {
  const { fin, rsv, opcode, masked, octets: length, mask } = frame;
  const form = length < 126 ? '7 bits' : length < 65_536 ? '126, then 16 bits' : '127, then 64 bits';
  const fields = [
    ['FIN', fin ? '1' : '0', fin ? 'last of its message' : 'more follows'],
    [
      'RSV1–3',
      rsv.toString(2).padStart(3, '0'),
      rsv === 0 ? 'none' : rsv === 4 ? 'compressed, if agreed on' : 'set',
    ],
    ['opcode', opcode.toString(2).padStart(4, '0'), `0x${opcode.toString(16)} ${opcodeWord(opcode)}`],
    ['MASK', masked ? '1' : '0', masked ? 'masked' : 'not masked'],
    ['length', String(length), form],
    ['masking key', mask ?? '–', mask ? 'hex' : masked ? 'was not kept' : 'there is none'],
  ];
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { class: 'bits' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          fields.map(([name]) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h(
        'tbody',
        {},
        h(
          'tr',
          {},
          fields.map(([, value]) => h('td', {}, value)),
        ),
        h(
          'tr',
          { class: 'muted' },
          fields.map(([, , means]) => h('td', {}, means)),
        ),
      ),
    ),
  );
}

/** The octets of the header, its length in the shortest form; undefined where the masking key was not kept.
 * @param {FrameHeader} frame
 * @returns {Uint8Array | undefined} */
export function headerOctets({ fin, rsv, opcode, masked, octets: length, mask }) {
  if (masked && mask === undefined) return undefined;
  const first = (fin ? 0x80 : 0) | ((rsv & 7) << 4) | (opcode & 15);
  const bit = masked ? 0x80 : 0;
  const key = (mask ?? '').match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  if (length < 126) return Uint8Array.from([first, bit | length, ...key]);
  const size = new DataView(new ArrayBuffer(8));
  size.setBigUint64(0, BigInt(length));
  const wide = length > 65_535;
  return Uint8Array.from([
    first,
    bit | (wide ? 127 : 126),
    ...new Uint8Array(size.buffer).subarray(wide ? 0 : 6),
    ...key,
  ]);
}
