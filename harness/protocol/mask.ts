/** The key as it lies in memory, so that words work on machines of either byte order. */
const keyOctets = new Uint8Array(4);
const keyWord = new Uint32Array(keyOctets.buffer);

/** Below this a view of words costs more than it saves. */
const SHORT = 64;

/**
 * Masks or unmasks `bytes` from `start` to `end` where they lie (RFC 6455 §5.3). `phase` is how many octets of
 * the payload came before `start`.
 */
export function xorInPlace(
  bytes: Uint8Array,
  key: Uint8Array,
  start = 0,
  end = bytes.length,
  phase = 0,
): void {
  let at = start;
  const turn = phase - start;
  const aligned = end - start < SHORT ? end : start + (-(bytes.byteOffset + start) & 3);
  for (; at < aligned; at++) bytes[at]! ^= key[(at + turn) & 3]!;
  if (at === end) return;

  for (let i = 0; i < 4; i++) keyOctets[i] = key[(at + turn + i) & 3]!;
  const word = keyWord[0]!;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >>> 2);
  const eights = words.length & ~7;
  let i = 0;
  for (; i < eights; i += 8) {
    words[i]! ^= word;
    words[i + 1]! ^= word;
    words[i + 2]! ^= word;
    words[i + 3]! ^= word;
    words[i + 4]! ^= word;
    words[i + 5]! ^= word;
    words[i + 6]! ^= word;
    words[i + 7]! ^= word;
  }
  for (; i < words.length; i++) words[i]! ^= word;
  for (at += words.length * 4; at < end; at++) bytes[at]! ^= key[(at + turn) & 3]!;
}

/** A masked (or unmasked: it is its own inverse) copy of `payload`; `offset` is where in the message it begins. */
export function xor(payload: Uint8Array, key: Uint8Array, offset = 0): Uint8Array {
  const copy = new Uint8Array(payload);
  xorInPlace(copy, key, 0, copy.length, offset);
  return copy;
}
