import type { Socket } from 'node:net';
import type { Evidence, Mark } from '../model.js';
import { type FrameSpec, frame, OPCODE, opcodeName } from '../protocol/index.js';
import { reset } from '../reset.js';
import type { LiveSighting } from './sighting.js';

/** One connection as the origin sends on it and ends it; all of that is noted in the sighting. */
export class Wire {
  readonly #stream: Socket;
  readonly #raw: Socket;
  readonly #sighting: LiveSighting;

  /** `raw` is the TCP connection that carries `stream`, or the same. */
  constructor(stream: Socket, raw: Socket, sighting: LiveSighting) {
    this.#stream = stream;
    this.#raw = raw;
    this.#sighting = sighting;
  }

  /** `what` is how the evidence calls it. */
  write(octets: string | Uint8Array, what: string, mark: Mark = 'octets'): void {
    if (!this.#stream.writable) return;
    this.#sighting.note('sent', what, Buffer.from(octets as string), { mark });
    this.#stream.write(octets);
  }

  send(spec: FrameSpec): void {
    if (!this.#stream.writable) return;
    const shown = typeof spec.payload === 'string' ? Buffer.from(spec.payload) : spec.payload;
    this.#sighting.note('sent', `frame ${describe(spec)}`, shown, markOf(spec));
    this.#stream.write(frame(spec));
  }

  /** What is sent meanwhile goes out in one write. */
  together(sending: () => void): void {
    this.#stream.cork();
    try {
      sending();
    } finally {
      this.#stream.uncork();
    }
  }

  /** FIN. */
  end(): void {
    this.#sighting.note('sent', 'FIN', undefined, { mark: 'fin' });
    this.#stream.end();
  }

  /** RST. */
  reset(): void {
    this.#sighting.note('sent', 'RST', undefined, { mark: 'rst' });
    reset(this.#raw, this.#stream);
  }
}

const markOf = ({
  opcode,
  payload,
  fin = true,
  rsv = 0,
  mask,
}: FrameSpec): Pick<Evidence, 'mark' | 'frame'> => ({
  mark: 'frame',
  frame: {
    fin,
    rsv,
    opcode: typeof opcode === 'string' ? OPCODE[opcode] : opcode,
    masked: mask !== undefined,
    octets: Buffer.byteLength(payload ?? ''),
  },
});

const describe = (spec: FrameSpec): string =>
  `${typeof spec.opcode === 'string' ? spec.opcode : opcodeName(spec.opcode)} ${spec.payload?.length ?? 0} octets`;
