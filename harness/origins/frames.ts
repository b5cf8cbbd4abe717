import { isUtf8 } from 'node:buffer';
import {
  closePayload,
  type Decompressor,
  type Frame,
  FrameDecoder,
  type FrameSpec,
  type Message,
  Messages,
  opcodeName,
  ProtocolFault,
  type Tolerance,
} from '../protocol/index.js';
import { echoOf } from './echo-of.js';
import type { Sins } from './server.js';
import type { LiveSighting } from './sighting.js';
import type { Wire } from './wire.js';

const MOST_MESSAGE = 16 * 1024 * 1024;

const TOLERANCES = new Set<string>([
  'unmasked',
  'rsv',
  'opcode',
  'fragmentation',
  'control-length',
  'utf8',
  'close-code',
] satisfies Tolerance[]);

/** The origin's end of a WebSocket: reads the peer's octets as frames, heeds them and answers. */
export class Frames {
  /** What is done with a data message; echoed until a behaviour says otherwise. */
  onMessage: (message: Message) => void;
  onPong: () => void = () => {};
  readonly #wire: Wire;
  readonly #sighting: LiveSighting;
  readonly #sins: Sins;
  readonly #decoder = new FrameDecoder({ maxPayload: MOST_MESSAGE });
  readonly #messages: Messages;
  #closing = false;

  constructor(wire: Wire, sighting: LiveSighting, sins: Sins, deflate?: Decompressor) {
    this.#wire = wire;
    this.#sighting = sighting;
    this.#sins = sins;
    const tolerate = new Set([...sins].filter((sin): sin is Tolerance => TOLERANCES.has(sin)));
    const options = { role: 'server', maxMessage: MOST_MESSAGE, tolerate } as const;
    this.#messages = new Messages({ ...options, ...(deflate && { deflate }) });
    this.onMessage = (message) => {
      for (const spec of echoOf(message, sins)) this.send(spec);
    };
  }

  receive(octets: Uint8Array): void {
    try {
      for (const received of this.#decoder.push(octets)) this.#take(received);
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      this.#fail(fault);
    }
  }

  send(spec: FrameSpec): void {
    this.#wire.send(spec);
  }

  /** Sends a Close frame and then FIN. */
  close(code?: number, reason = ''): void {
    if (this.#closing) return;
    this.#closing = true;
    this.send({ opcode: 'close', payload: closePayload(code, reason) });
    this.#wire.end();
  }

  /** A careless origin says 1000, whatever is the matter. */
  #closeFor(code: number | undefined): void {
    this.close(this.#sins.has('close-1000') ? 1000 : code);
  }

  #fail(fault: ProtocolFault): void {
    try {
      // Frames that were whole before the fault count as if it had not come.
      for (const received of fault.frames) this.#take(received);
    } catch (earlier) {
      if (!(earlier instanceof ProtocolFault)) throw earlier;
      return this.#fail(earlier);
    }
    this.#sighting.note('note', fault.message);
    this.#closeFor(fault.code);
  }

  #take(received: Frame): void {
    this.#sighting.frame(received);
    note(this.#sighting, received);
    if (this.#closing || (!received.mask && this.#sins.has('ignores-unmasked'))) return;
    this.#judgeAlone(received);
    const message = this.#messages.accept(received);
    if (message) this.#heed(message);
  }

  /** A careless reader takes every fragment for a whole text. */
  #judgeAlone({ opcode, payload }: Pick<Frame, 'opcode' | 'payload'>): void {
    if (!this.#sins.has('utf8-per-fragment') || opcode > 1 || isUtf8(payload)) return;
    throw new ProtocolFault(1007, 'A fragment is not UTF-8.');
  }

  #heed(message: Message): void {
    if (message.kind === 'ping') {
      if (!this.#sins.has('no-pong')) this.send({ opcode: 'pong', payload: message.data });
    } else if (message.kind === 'pong') this.onPong();
    else if (message.kind === 'close') {
      const { code, reason } = message;
      this.#sighting.finish('close', {
        ...(code !== undefined && { code }),
        ...(reason !== undefined && { reason }),
      });
      this.#closeFor(code);
    } else this.onMessage(message);
  }
}

function note(sighting: LiveSighting, { fin, rsv, opcode, mask, payload }: Frame): void {
  const what = `frame ${opcodeName(opcode)}${mask ? '' : ' unmasked'} ${payload.length} octets`;
  sighting.note('received', what, payload, {
    mark: 'frame',
    frame: {
      fin,
      rsv,
      opcode,
      masked: mask !== undefined,
      octets: payload.length,
      ...(mask && { mask: Buffer.from(mask).toString('hex') }),
    },
  });
}
