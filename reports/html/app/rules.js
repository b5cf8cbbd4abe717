import { label, towards } from './entries.js';
import { latin1, octets } from './hex.js';

/** @typedef {import('../../../harness/model.js').Evidence} Evidence */
/** @typedef {{ text: string, ref: string }} Fault */
/** What one side has said so far, one way.
 * @typedef {{ open: boolean, compressed: boolean, closed: boolean }} Talk */

/**
 * What frames break, by entry. Only what the header and a whole payload show for certain.
 * @param {readonly Evidence[]} ordered by time
 * @returns {Map<Evidence, Fault[]>}
 */
export function faultsOf(ordered) {
  /** @type {Map<string, Talk>} */
  const talks = new Map();
  const deflated = new Set(ordered.filter(agreesOnDeflate).map(({ of }) => of));
  return new Map(
    ordered.flatMap((entry) => {
      const way = towards(entry);
      if (entry.mark !== 'frame' || !entry.frame || way === 0) return [];
      const key = `${entry.of ?? ''} ${entry.by} ${way}`;
      const talk = talks.get(key) ?? { open: false, compressed: false, closed: false };
      talks.set(key, talk);
      const faults = [
        ...header(entry.frame, way, deflated.has(entry.of)),
        ...order(entry.frame, talk),
        ...content(entry, talk),
      ];
      return faults.length > 0 ? [/** @type {[Evidence, Fault[]]} */ ([entry, faults])] : [];
    }),
  );
}

/** @param {Evidence} entry */
const agreesOnDeflate = ({ mark, bytes }) =>
  mark === 'response' &&
  bytes !== undefined &&
  /^sec-websocket-extensions:.*permessage-deflate/im.test(latin1(bytes));

/** @param {import('./entries.js').FrameHeader} frame @param {number} way @param {boolean} deflate @returns {Fault[]} */
function header({ fin, rsv, opcode, masked, octets: length }, way, deflate) {
  const faults = [];
  const control = opcode >= 8;
  if (way > 0 && !masked) faults.push({ text: 'a client has to mask it', ref: 'RFC 6455 §5.1' });
  if (way < 0 && masked) faults.push({ text: 'a server must not mask it', ref: 'RFC 6455 §5.1' });
  const compressed = (rsv & 4) !== 0 && deflate && (opcode === 1 || opcode === 2);
  if ((compressed ? rsv & 3 : rsv) !== 0)
    faults.push({
      text: `RSV is ${rsv.toString(2).padStart(3, '0')}, and no extension gives that a meaning here`,
      ref: deflate ? 'RFC 7692 §6' : 'RFC 6455 §5.2',
    });
  if ((opcode > 2 && opcode < 8) || opcode > 10)
    faults.push({ text: `opcode 0x${opcode.toString(16)} is reserved`, ref: 'RFC 6455 §5.2' });
  if (control && length > 125)
    faults.push({ text: `a control frame has at most 125 octets, not ${length}`, ref: 'RFC 6455 §5.5' });
  if (control && !fin) faults.push({ text: 'a control frame must not be fragmented', ref: 'RFC 6455 §5.5' });
  return faults;
}

/** @param {import('./entries.js').FrameHeader} frame @param {Talk} talk @returns {Fault[]} */
function order({ fin, rsv, opcode }, talk) {
  const faults = [];
  if (talk.closed) faults.push({ text: 'nothing may follow a Close frame', ref: 'RFC 6455 §5.5.1' });
  if (opcode === 8) talk.closed = true;
  if (opcode >= 8) return faults;
  if (opcode === 0 && !talk.open)
    faults.push({ text: 'there is no message that it could continue', ref: 'RFC 6455 §5.4' });
  if (opcode !== 0 && talk.open)
    faults.push({ text: 'the message before it is not finished', ref: 'RFC 6455 §5.4' });
  if (opcode !== 0) talk.compressed = (rsv & 4) !== 0;
  talk.open = !fin;
  return faults;
}

const NEVER_SENT = [1004, 1005, 1006, 1015];

/** @param {Evidence} entry @param {Talk} talk @returns {Fault[]} */
function content(entry, talk) {
  const { frame, bytes = '' } = entry;
  if (!frame || (frame.opcode !== 8 && frame.opcode !== 1)) return [];
  const payload = octets(bytes);
  if (payload.length !== frame.octets) return [];
  if (frame.opcode === 1)
    return frame.fin && !talk.compressed && !isText(payload)
      ? [{ text: 'the text is not UTF-8', ref: 'RFC 6455 §8.1' }]
      : [];
  if (payload.length === 0) return [];
  const close = closeOf(payload);
  if (!close) return [{ text: 'one octet is no close code', ref: 'RFC 6455 §5.5.1' }];
  const { code } = close;
  const faults = [];
  if (code < 1000 || code > 4999 || NEVER_SENT.includes(code) || (code > 1014 && code < 3000))
    faults.push({ text: `close code ${code} must not be sent`, ref: 'RFC 6455 §7.4' });
  if (close.reason === undefined) faults.push({ text: 'the reason is not UTF-8', ref: 'RFC 6455 §5.5.1' });
  return faults;
}

/** Code and reason of a Close frame; the reason is undefined where it is not UTF-8.
 * @param {Uint8Array} payload
 * @returns {{ code: number, reason: string | undefined } | undefined} */
export function closeOf(payload) {
  if (payload.length < 2) return undefined;
  const code = /** @type {number} */ (payload[0]) * 256 + /** @type {number} */ (payload[1]);
  const reason = payload.subarray(2);
  return { code, reason: isText(reason) ? new TextDecoder().decode(reason) : undefined };
}

/** @param {Uint8Array} payload */
export function isText(payload) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(payload);
    return true;
  } catch {
    return false;
  }
}

/** What is written beside a mark: `close 1000`.
 * @param {Evidence} entry */
export function labelled(entry) {
  const close = entry.frame?.opcode === 8 && entry.bytes ? closeOf(octets(entry.bytes)) : undefined;
  return close ? `close ${close.code}` : label(entry);
}
