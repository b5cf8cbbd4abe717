import { randomBytes } from 'node:crypto';
import { CannotTry } from '../cannot-try.js';
import type { End, Peer, WireFrame } from '../model.js';
import { after, within } from '../patience.js';
import { endsMessage, FrameDecoder, frame, ProtocolFault, readClose, show } from '../protocol/index.js';
import { reset, unlessReset } from '../reset.js';
import type { Connected } from './connect.js';
import type { Context } from './context.js';
import { Gauge, MOST_OCTETS } from './gauge.js';
import { Mailbox } from './mailbox.js';
import type { Recorder } from './recorder.js';
import { renegotiate } from './renegotiate.js';
import { recordFrame, Sent } from './sent.js';

const MOST_KEPT = 1_048_576;
const PATIENCE_MS = 2000;

/** A connection in full control of the check: sends anything, hides nothing. */
export class RawPeer implements Peer {
  readonly #frames = new Mailbox<WireFrame>();
  readonly #arrivals: (() => void)[] = [];
  readonly #ended: Promise<End>;
  #flooded = false;
  #tallied = false;
  readonly #gauge = new Gauge();
  readonly #sent: Sent;
  #decoder: FrameDecoder | undefined;
  #kept: Buffer[] = [];
  #count = 0;
  #end: End | undefined;
  #closeSent = false;
  #hushed = false;
  readonly #gone: Promise<End['how']>;

  constructor(
    readonly token: string,
    private readonly link: Connected,
    private readonly record: Recorder,
    private readonly options: { frames: boolean; pong: boolean; rest: Uint8Array; spend?: Context['spend'] },
  ) {
    const { stream, raw } = link;
    if (options.frames) this.#decoder = new FrameDecoder({ maxPayload: MOST_OCTETS });
    this.#sent = new Sent(record, options.frames ? MOST_OCTETS : undefined);
    let letGo!: (how: End['how']) => void;
    this.#gone = new Promise((resolve) => {
      letGo = resolve;
    });
    this.#ended = new Promise((resolve) => {
      const finish = (how: End['how'], what: string) => {
        this.#frames.close();
        letGo(how);
        if (!this.#end) {
          this.#end = { how, at: performance.now() };
          if (what) record('received', what, undefined, { mark: how === 'rst' ? 'rst' : 'fin' });
          resolve(this.#end);
        }
        this.#wake();
      };
      this.#finishWith = (end, what) => {
        if (this.#end) return;
        this.#end = end;
        record('received', what);
        resolve(end);
      };
      stream.on('data', (chunk: Buffer) => this.#take(chunk, options.pong));
      const fin = () => {
        if (this.#end) record('received', 'FIN', undefined, { mark: 'fin' });
        finish('fin', 'FIN');
        stream.end();
      };
      stream.on('end', () => unlessReset(stream, fin));
      const failed = (fault: NodeJS.ErrnoException) => {
        const reset = fault.code === 'ECONNRESET' || fault.code === 'EPIPE';
        finish(reset ? 'rst' : 'fin', reset ? 'RST' : `error ${fault.code ?? show(fault.message)}`);
      };
      stream.on('error', failed);
      raw.on('close', () => finish('fin', ''));
    });
    if (options.rest.length > 0) this.#take(Buffer.from(options.rest), options.pong);
    stream.resume();
  }

  #finishWith!: (end: End, what: string) => void;

  get open(): boolean {
    return !this.#end && !this.link.raw.destroyed;
  }

  get heard(): number {
    return this.#count;
  }

  get unsent(): number {
    const { stream, raw } = this.link;
    return stream === raw ? raw.writableLength : stream.writableLength + raw.writableLength;
  }

  async renegotiate(withinMs = PATIENCE_MS): Promise<'taken' | 'refused' | 'reset' | 'no-answer'> {
    const came = await renegotiate(this.link.stream, withinMs);
    this.record('note', `TLS: a renegotiation was asked for: ${came}`);
    return came;
  }

  pause(): void {
    this.link.stream.pause();
  }

  resume(): void {
    this.link.stream.resume();
  }

  tally(): void {
    this.#tallied = true;
    this.#frames.close();
  }

  #take(chunk: Buffer, pong: boolean): void {
    if (this.#tallied) {
      this.#count += chunk.length;
      return this.#wake();
    }
    if (this.#count < MOST_KEPT) this.#kept.push(chunk.subarray(0, MOST_KEPT - this.#count));
    this.#count += chunk.length;
    if (!this.#decoder) {
      this.record('received', `${chunk.length} octets`, chunk, { mark: 'octets' });
      if (this.#count >= MOST_OCTETS && !this.#flooded) this.#giveUp();
    }
    try {
      for (const received of this.#decoder?.push(chunk) ?? []) {
        this.#heed(received, pong);
        if (this.#gauge.hold(received.payload, this.#count) === 'bearable') continue;
        this.#giveUp();
        break;
      }
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      for (const received of fault.frames) this.#heed(received, pong);
      this.record('note', `not a frame: ${fault.message}`, chunk);
      this.#decoder = undefined;
    }
    this.#wake();
  }

  #heed(received: WireFrame, pong: boolean): void {
    const { opcode, payload } = received;
    recordFrame(this.record, 'received', received);
    this.#frames.push(received);
    if (opcode === 9 && pong && !this.#closeSent && !this.#hushed) this.#answerPing(payload);
    if (opcode !== 8 || this.#end) return;
    const end: End = { how: 'close', at: performance.now() };
    try {
      Object.assign(end, readClose(payload));
    } catch {
      this.record('note', 'the Close frame is malformed', payload);
    }
    this.#finishWith(end, `Close ${end.code ?? 'without a code'} ${show(end.reason ?? '')}`.trimEnd());
    if (this.#closeSent || this.#hushed) return;
    this.send(frame({ opcode: 'close', payload: payload.subarray(0, 2), mask: true }));
  }

  send(bytes: Uint8Array): void {
    if (!this.link.stream.writable) return;
    this.options.spend?.(bytes.length);
    // A Close is answered once; one that we sent ourselves is the answer's other half.
    if (bytes.length >= 2 && (bytes[0]! & 0x0f) === 8 && this.#decoder) this.#closeSent = true;
    this.#sent.take(bytes);
    this.link.stream.write(bytes);
  }

  next(withinMs = PATIENCE_MS): Promise<WireFrame | undefined> {
    return this.until(() => true, withinMs);
  }

  async until(match: (frame: WireFrame) => boolean, withinMs = PATIENCE_MS): Promise<WireFrame | undefined> {
    const found = await this.#frames.take(withinMs, match);
    if (!found) this.#refuseFlood();
    return found;
  }

  /** Pings without end are a flood too: what answers them is on the check's account. */
  #answerPing(payload: Uint8Array): void {
    const pong = frame({ opcode: 'pong', payload, mask: true });
    if (this.#gauge.pong() === 'bearable') this.send(pong);
    else if (!this.#flooded) this.#giveUp();
  }

  #giveUp(): void {
    this.record('note', `a flood: the rest is not looked at after ${this.#gauge.frames} frames`);
    this.#decoder = undefined;
    this.#frames.close();
    this.#flooded = true;
    this.pause();
  }

  /** What is missing in a flood may have been in the rest of it. */
  #refuseFlood(): void {
    if (this.#flooded)
      throw new CannotTry('the far end floods its clients, and not all that it sends is looked at');
  }

  async echo(withinMs = PATIENCE_MS): Promise<boolean> {
    const payload = Buffer.from(`echo ${randomBytes(6).toString('hex')}`);
    this.send(frame({ opcode: 'text', payload, mask: true }));
    return (await this.until(endsMessage(payload), withinMs)) !== undefined;
  }

  async farewell(withinMs = PATIENCE_MS): Promise<End | undefined> {
    const end = await within(withinMs, this.#ended);
    if (!end) this.#refuseFlood();
    return end;
  }

  gone(withinMs = PATIENCE_MS): Promise<End['how'] | undefined> {
    return within(withinMs, this.#gone);
  }

  hush(): void {
    this.#hushed = true;
  }

  received(): Uint8Array {
    return Buffer.concat(this.#kept);
  }

  async octets(count: number, withinMs = PATIENCE_MS): Promise<Uint8Array> {
    let late = false;
    const callOff = after(withinMs, () => {
      late = true;
      this.#wake();
    });
    while (this.#count < count && this.open && !late) {
      await new Promise<void>((resolve) => this.#arrivals.push(resolve));
    }
    callOff();
    return this.received();
  }

  #wake(): void {
    for (const wake of this.#arrivals.splice(0)) wake();
  }

  end(): void {
    this.record('sent', 'FIN', undefined, { mark: 'fin' });
    this.link.stream.end();
  }

  reset(): void {
    this.record('sent', 'RST', undefined, { mark: 'rst' });
    reset(this.link.raw, this.link.stream);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.link.stream.destroy();
    this.link.raw.destroy();
    this.#frames.close();
    this.#gauge.letGo();
  }
}
