/** No check asks for so much: a far end that sends more floods us, and is not listened to any longer. */
export const MOST_OCTETS = 16 * 1_048_576;
const MOST_FRAMES = 16_384;
/** What all connections together may hold, before those that hold much are not listened to any longer. */
const MOST_HELD = 96 * 1_048_576;
const MUCH = 1_048_576;
/** About what a frame takes besides its payload. */
const EACH_FRAME = 256;
/** Of those that are sent by themselves. */
const MOST_PONGS = 256;

/** By all connections of this process. */
let held = 0;

/** What a connection has been sent, held against what is listened to. */
export class Gauge {
  frames = 0;
  #pongs = 0;
  #held = 0;

  /** Counts a frame that is kept. @param octets that have come over the connection so far, in all */
  hold(payload: Uint8Array, octets: number): 'bearable' | 'flood' {
    this.#add(payload.length + EACH_FRAME);
    const crowded = held > MOST_HELD && this.#held > MUCH;
    return ++this.frames < MOST_FRAMES && octets < MOST_OCTETS && !crowded ? 'bearable' : 'flood';
  }

  /** Counts a pong that is sent by itself. */
  pong(): 'bearable' | 'flood' {
    return ++this.#pongs <= MOST_PONGS ? 'bearable' : 'flood';
  }

  /** Nothing is kept any more. */
  letGo(): void {
    this.#add(-this.#held);
  }

  #add(octets: number): void {
    this.#held += octets;
    held += octets;
  }
}
