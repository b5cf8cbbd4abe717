import type { WireFrame } from '../model.js';
import { FrameDecoder, opcodeName, ProtocolFault } from '../protocol/index.js';
import { markOf, type Recorder } from './recorder.js';

/** Frames of one write that are recorded one by one. */
const MOST_APIECE = 250;

/** Records what is sent: as frames where the octets are frames, else as octets. */
export class Sent {
  #decoder: FrameDecoder | undefined;

  /** @param most octets of a payload; nothing is taken for frames when absent */
  constructor(
    private readonly record: Recorder,
    most?: number,
  ) {
    if (most !== undefined) this.#decoder = new FrameDecoder({ maxPayload: most });
  }

  take(bytes: Uint8Array): void {
    const frames = this.#framesOf(bytes);
    if (!frames) return this.record('sent', `${bytes.length} octets`, bytes, { mark: 'octets' });
    // A burst is one thing that was done; what became of it has to find room beside it.
    if (frames.length > MOST_APIECE) {
      const text = `${frames.length} frames, ${bytes.length} octets`;
      return this.record('sent', text, bytes, { mark: 'octets' });
    }
    for (const one of frames) recordFrame(this.record, 'sent', one);
  }

  /** Undefined from the first octets on that are no frames. */
  #framesOf(bytes: Uint8Array): readonly WireFrame[] | undefined {
    try {
      const frames = this.#decoder?.push(bytes);
      if (this.#decoder?.held === 0) return frames;
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
    }
    this.#decoder = undefined;
    return undefined;
  }
}

/** What is as it should be is not said: clients mask, servers do not. */
export function recordFrame(record: Recorder, kind: 'sent' | 'received', one: WireFrame): void {
  const { opcode, payload, mask } = one;
  const odd = kind === 'sent' ? (mask ? '' : ' unmasked') : mask ? ' masked' : '';
  record(kind, `frame ${opcodeName(opcode)}${odd} ${payload.length} octets`, payload, markOf(one));
}
