/** How octets that came back differ from those that were sent. */
export type Difference =
  /** The same. */
  | 'none'
  /** They begin as ours, and go on: octets that are not ours. */
  | 'longer'
  /** Ours, and not all of them. */
  | 'shorter'
  /** Of the same length, and some are not ours. */
  | 'other'
  /** Nothing of ours: something else altogether. */
  | 'foreign';

/** Of ours, the first octets that have to come back for the rest to be taken for an answer to it. */
const ALIKE = 8;

export function difference(sent: Uint8Array, came: Uint8Array): Difference {
  const [a, b] = [Buffer.from(sent), Buffer.from(came)];
  if (a.equals(b)) return 'none';
  const alike = Math.min(ALIKE, a.length);
  if (!a.subarray(0, alike).equals(b.subarray(0, alike))) return 'foreign';
  if (b.length > a.length) return 'longer';
  return b.length < a.length && a.subarray(0, b.length).equals(b) ? 'shorter' : 'other';
}
