import { isUtf8 } from 'node:buffer';

/**
 * Strict UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF) that comes in pieces. It says no
 * at the first octet that cannot be right, not at the end of the sequence.
 */
export class Utf8Validator {
  /** Continuation octets that the open sequence still needs, and the range that the next must lie in. */
  #needed = 0;
  #low = 0x80;
  #high = 0xbf;
  #failed = false;

  /** False once anything so far cannot be UTF-8. */
  push(chunk: Uint8Array): boolean {
    if (this.#failed) return false;
    let at = 0;
    while (this.#needed > 0 && at < chunk.length) if (!this.#step(chunk[at++]!)) return false;
    const whole = lastStart(chunk, at);
    if (whole > at) {
      if (!isUtf8(chunk.subarray(at, whole))) {
        this.#failed = true;
        return false;
      }
      at = whole;
    }
    while (at < chunk.length) if (!this.#step(chunk[at++]!)) return false;
    return true;
  }

  /** Whether all that came is UTF-8 and ends with a whole character. */
  done(): boolean {
    return !this.#failed && this.#needed === 0;
  }

  /** One octet, after the table of well-formed sequences (Unicode 3.9, table 3-7). */
  #step(octet: number): boolean {
    if (this.#needed > 0) {
      if (octet < this.#low || octet > this.#high) {
        this.#failed = true;
        return false;
      }
      this.#needed--;
      this.#low = 0x80;
      this.#high = 0xbf;
      return true;
    }
    if (octet < 0x80) return true;
    if (octet < 0xc2 || octet > 0xf4) {
      this.#failed = true;
      return false;
    }
    this.#needed = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
    if (octet === 0xe0) this.#low = 0xa0;
    else if (octet === 0xed) this.#high = 0x9f;
    else if (octet === 0xf0) this.#low = 0x90;
    else if (octet === 0xf4) this.#high = 0x8f;
    return true;
  }
}

/** Where the last character that may be unfinished begins: at most three octets before the end. */
function lastStart(bytes: Uint8Array, from: number): number {
  const end = bytes.length;
  for (let back = 1; back <= 3 && end - back >= from; back++) {
    const octet = bytes[end - back]!;
    if (octet < 0x80) return end;
    if (octet >= 0xc0) return end - back;
  }
  return end;
}
