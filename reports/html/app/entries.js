/** @typedef {import('../../../harness/model.js').Evidence} Evidence */
/** @typedef {NonNullable<Evidence['frame']>} FrameHeader */

/** By opcode (RFC 6455 §11.8).
 * @type {Readonly<Record<number, string>>} */
const OPCODES = { 0: 'continuation', 1: 'text', 2: 'binary', 8: 'close', 9: 'ping', 10: 'pong' };

/** @param {number} opcode */
export const opcodeWord = (opcode) => OPCODES[opcode] ?? `reserved 0x${opcode.toString(16)}`;

/** Which way it went: 1 towards the origin, -1 towards the client, 0 for what was only said.
 * What a segment `sent` went towards the origin there.
 * @param {Evidence} entry */
export function towards({ by, kind }) {
  if (kind !== 'sent' && kind !== 'received') return 0;
  return (kind === 'sent') === (by !== 'origin') ? 1 : -1;
}

/** What is drawn for it; also its class.
 * @param {Evidence} entry */
export function shapeOf({ mark, frame }) {
  if (mark === 'frame' && frame) return OPCODES[frame.opcode] ?? 'reserved';
  if (mark !== undefined && mark !== 'frame') return mark;
  return 'said';
}

/** What it is, in a word or two.
 * @param {Evidence} entry */
export function label(entry) {
  const { mark, frame, kind, text } = entry;
  if (mark === 'frame' && frame) return opcodeWord(frame.opcode);
  if (mark === 'request') return /^\w{1,10}/.exec(text)?.[0] ?? 'request';
  if (mark === 'response') return /\b[1-5]\d\d\b/.exec(text)?.[0] ?? 'answer';
  const words = { connect: 'TCP', tls: 'TLS', octets: 'octets', fin: 'FIN', rst: 'RST' };
  return (
    (mark && words[/** @type {keyof words} */ (mark)]) ||
    (kind === 'note' ? 'note' : kind === 'log' ? 'log' : '')
  );
}

/** @param {Evidence} entry */
export const whoDid = ({ by, kind }) => `${by} ${kind}`;

/** It in one line: `text, 17 octets, masked`.
 * @param {Evidence} entry */
export function brief(entry) {
  const { frame, mark, text } = entry;
  if (mark !== 'frame' || !frame) return text.split(/\r?\n/, 1)[0] ?? '';
  return [
    opcodeWord(frame.opcode),
    !frame.fin && 'not final',
    `${frame.octets} octet${frame.octets === 1 ? '' : 's'}`,
    frame.masked ? 'masked' : 'unmasked',
    frame.rsv !== 0 && `RSV ${frame.rsv.toString(2).padStart(3, '0')}`,
  ]
    .filter(Boolean)
    .join(', ');
}
