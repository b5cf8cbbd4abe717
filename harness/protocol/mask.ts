import { allocate } from './allocate.js';

/** The key as it lies in memory, so that words work on machines of either byte order. */
const keyOctets = new Uint8Array(4);
const keyWord = new Uint32Array(keyOctets.buffer);

/** Below this, going by words costs more than it saves. */
const SHORT = 96;

/**
 * Copies `payload` to `at` in `target`, masked or unmasked (RFC 6455 §5.3; it is its own inverse) with the four octets
 * at `keyAt` of `key`. `phase` is how many octets of the whole payload came before.
 */
export function xorInto(
  target: Uint8Array,
  at: number,
  payload: Uint8Array,
  key: Uint8Array,
  keyAt = 0,
  phase = 0,
): void {
  const length = payload.length;
  if (length < SHORT) {
    for (let i = 0; i < length; i++) target[at + i] = payload[i]! ^ key[keyAt + ((i + phase) & 3)]!;
    return;
  }
  target.set(payload, at);
  // Words must be aligned in memory: a few octets go by themselves before them, and after.
  const lead = -(target.byteOffset + at) & 3;
  for (let i = 0; i < lead; i++) target[at + i]! ^= key[keyAt + ((i + phase) & 3)]!;
  for (let i = 0; i < 4; i++) keyOctets[i] = key[keyAt + ((lead + i + phase) & 3)]!;
  const words = new Uint32Array(target.buffer, target.byteOffset + at + lead, (length - lead) >>> 2);
  xorWords(words, keyWord[0]!);
  for (let i = lead + words.length * 4; i < length; i++) target[at + i]! ^= key[keyAt + ((i + phase) & 3)]!;
}

function xorWords(words: Uint32Array, word: number): void {
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
}

/** A masked (or unmasked) copy of `payload`; `offset` is where in the whole payload it begins. */
export function xor(payload: Uint8Array, key: Uint8Array, offset = 0): Uint8Array {
  const copy = allocate(payload.length);
  xorInto(copy, 0, payload, key, 0, offset);
  return copy;
}
