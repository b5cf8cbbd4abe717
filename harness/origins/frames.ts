import { isUtf8 } from 'node:buffer';
import {
  closePayload,
  type Decompressor,
  type Frame,
  FrameDecoder,
  type FrameSpec,
  headerOf,
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
const SMALL_FRAME = 64 * 1024;
const MOST_SUM = 64 * 1024 * 1024;
/** Octets of a close reason (RFC 6455 §5.5). */
const MOST_REASON = 123;

const TOLERANCES = new Set<string>([
  'unmasked',
  'rsv',
  'rsv-later',
  'opcode',
  'fragmentation',
  'control-length',
  'utf8',
  'close-code',
  'length-form',
  'after-close',
] satisfies Tolerance[]);

/** The origin's end of a WebSocket: reads the peer's octets as frames, heeds them and answers. */
export class Frames {
  /** What is done with a data message; echoed until a behaviour says otherwise. */
  onMessage: (message: Message) => void;
  onPong: () => void = () => {};
  readonly #wire: Wire;
  readonly #sighting: LiveSighting;
  readonly #sins: Sins;
  #decoder: FrameDecoder;
  readonly #messages: Messages;
  #closing = false;
  /** Pings answered since octets last came. */
  #ponged = 0;

  constructor(wire: Wire, sighting: LiveSighting, sins: Sins, deflate?: Decompressor) {
    this.#wire = wire;
    this.#sighting = sighting;
    this.#sins = sins;
    const tolerate = new Set([...sins].filter((sin): sin is Tolerance => TOLERANCES.has(sin)));
    // A careless reader bounds frames, and not what they add up to.
    const sums = sins.has('any-sum');
    this.#decoder = new FrameDecoder({ maxPayload: sums ? SMALL_FRAME : MOST_MESSAGE });
    const options = { role: 'server', maxMessage: sums ? MOST_SUM : MOST_MESSAGE, tolerate } as const;
    this.#messages = new Messages({ ...options, ...(deflate && { deflate }) });
    this.onMessage = (message) => {
      for (const spec of echoOf(message, sins)) this.send(spec);
    };
  }

  receive(octets: Uint8Array): void {
    this.#ponged = 0;
    if (this.#sins.has('segment-is-frame')) this.#decoder = new FrameDecoder({ maxPayload: MOST_MESSAGE });
    this.#judged(() => {
      const frames = this.#decoder.push(octets);
      if (this.#sins.has('segment-is-frame')) frames.splice(1);
      for (const received of frames) {
        if (this.#sins.has('after-error')) this.#judged(() => this.#take(received));
        else this.#take(received);
      }
    });
  }

  /** Fails the connection over what is wrong with what is taken. */
  #judged(taking: () => void): void {
    try {
      taking();
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      this.#fail(fault);
    }
  }

  send(spec: FrameSpec): void {
    this.#wire.send(this.#sins.has('masks') ? { ...spec, mask: true } : spec);
  }

  /** Sends a Close frame and then FIN. */
  close(code?: number, reason = ''): void {
    if (this.#closing) return;
    this.#closing = true;
    this.send({ opcode: 'close', payload: closePayload(code, reason) });
    if (!this.#sins.has('lingers')) this.#wire.end();
  }

  /** A careless origin says 1000, whatever is the matter. */
  #closeFor(code: number | undefined, reason?: string): void {
    this.close(this.#sins.has('close-1000') ? 1000 : code, reason);
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
    const { code, message, stack } = fault;
    if (this.#sins.has('any-length') && /declares|top bit/.test(message)) return;
    if (this.#sins.has('after-error')) this.send({ opcode: 'close', payload: closePayload(code) });
    else
      this.#closeFor(
        code,
        this.#sins.has('leaks') ? stack?.split('\n')[1]?.trim().slice(0, MOST_REASON) : undefined,
      );
  }

  #take(received: Frame): void {
    this.#sighting.frame(received);
    note(this.#sighting, received);
    if (this.#closing || (!received.mask && this.#sins.has('ignores-unmasked'))) return;
    this.#judgeAlone(received);
    const message = this.#messages.accept(received);
    if (message) this.#heed(message);
  }

  /** What careless readers find wrong, and is not. */
  #judgeAlone({ opcode, payload, mask }: Pick<Frame, 'opcode' | 'payload' | 'mask'>): void {
    const sins = this.#sins;
    if (sins.has('utf8-per-fragment') && opcode < 2 && !isUtf8(payload))
      throw new ProtocolFault(1007, 'A fragment is not UTF-8.');
    if (sins.has('binary-utf8') && opcode === 2 && !isUtf8(payload))
      throw new ProtocolFault(1007, 'A binary message is not UTF-8.');
    if (sins.has('no-zero-key') && mask?.every((octet) => octet === 0))
      throw new ProtocolFault(1002, 'A masking key is zero.');
    if (sins.has('no-control-inside') && opcode > 7 && this.#messages.held > 0)
      throw new ProtocolFault(1002, 'A control frame came inside a message.');
    if (sins.has('no-empty') && opcode < 3 && payload.length === 0)
      throw new ProtocolFault(1002, 'A message is empty.');
    if (sins.has('no-unsolicited-pong') && opcode === 10)
      throw new ProtocolFault(1002, 'A pong was not asked for.');
  }

  #heed(message: Message): void {
    if (message.kind === 'ping') this.#pong(message.data);
    else if (message.kind === 'pong') this.onPong();
    else if (message.kind === 'close') this.#closed(message);
    else this.onMessage(message);
  }

  #pong(data: Uint8Array): void {
    if (this.#sins.has('no-pong') || (this.#sins.has('one-pong') && this.#ponged++ > 0)) return;
    const payload = this.#sins.has('pong-as-text') ? Buffer.from(Buffer.from(data).toString()) : data;
    this.send({ opcode: 'pong', payload });
  }

  #closed({ code, reason }: Message): void {
    if (this.#sins.has('no-close-answer')) return;
    this.#sighting.finish('close', {
      ...(code !== undefined && { code }),
      ...(reason !== undefined && { reason }),
    });
    if (this.#sins.has('after-close')) setImmediate(() => this.#closeFor(code));
    else this.#closeFor(code);
  }
}

function note(sighting: LiveSighting, received: Frame): void {
  const { opcode, mask, payload } = received;
  const what = `frame ${opcodeName(opcode)}${mask ? '' : ' unmasked'} ${payload.length} octets`;
  sighting.note('received', what, payload, { mark: 'frame', frame: headerOf(received) });
}
