import type { End, Evidence, Sighting, TlsSession, Transcript, WireFrame } from '../model.js';

const MOST_RAW = 65_536;
const MOST_SHOWN = 4096;
const MOST_EVIDENCE = 400;
const MOST_FRAMES = 4096;

/** A sighting in the making. Bounded: what exceeds the bounds is counted, not kept. */
export class LiveSighting implements Sighting {
  readonly openedAt = performance.now();
  readonly frames: WireFrame[] = [];
  readonly evidence: Evidence[] = [];
  readonly ended: Promise<End>;
  servername?: string;
  tls?: TlsSession;
  answer?: string;
  transcript?: Transcript;
  #raw: Uint8Array = new Uint8Array(0);
  #finish!: (end: End) => void;

  constructor(
    readonly connection: number,
    readonly token: string | undefined,
    readonly head: string | undefined,
  ) {
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  get raw(): Uint8Array {
    return this.#raw;
  }

  note(
    kind: Evidence['kind'],
    text: string,
    bytes?: Uint8Array,
    marked: Pick<Evidence, 'mark' | 'frame'> = {},
  ): void {
    if (this.evidence.length >= MOST_EVIDENCE) return;
    const shown = bytes && Buffer.from(bytes.subarray(0, MOST_SHOWN)).toString('base64');
    this.evidence.push({
      at: performance.now(),
      by: 'origin',
      kind,
      text,
      ...(shown && { bytes: shown }),
      ...marked,
      ...(this.token !== undefined && { of: this.token }),
    });
  }

  /** Data octets that came after the head. */
  keep(bytes: Uint8Array): void {
    if (this.#raw.length >= MOST_RAW) return;
    this.#raw = Buffer.concat([this.#raw, bytes.subarray(0, MOST_RAW - this.#raw.length)]);
  }

  frame(frame: WireFrame): void {
    if (this.frames.length >= MOST_FRAMES) return;
    this.frames.push({ ...frame, payload: Buffer.from(frame.payload.subarray(0, MOST_RAW)) });
  }

  /** The first end counts. */
  finish(how: End['how'], rest: Pick<End, 'code' | 'reason'> = {}): void {
    this.#finish({ how, at: performance.now(), ...rest });
  }
}
