import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { AnswerChange, End, Evidence, Visit, WireFrame } from '../model.js';
import { within } from '../patience.js';
import {
  acceptValue,
  type Field,
  FrameDecoder,
  frame,
  headerOf,
  opcodeName,
  ProtocolFault,
  parseRequest,
  type RequestHead,
  readClose,
  show,
  splitHead,
  tokensOf,
  valuesOf,
} from '../protocol/index.js';
import { reset, unlessReset } from '../reset.js';
import { pause } from './pause.js';

const MOST_WIRE = 1_048_576;
const MOST_FRAMES = 4096;
const MOST_PAYLOAD = 32 * 1_048_576;
const FRESH_OCTETS = 16;

/** Takes what is seen of a connection, for the evidence. */
export type Note = (
  kind: Evidence['kind'],
  text: string,
  bytes?: Uint8Array,
  marked?: Pick<Evidence, 'mark' | 'frame'>,
) => void;

interface Waiting {
  match: (frame: WireFrame) => boolean;
  resolve: (frame: WireFrame | undefined) => void;
}

/** One connection to a lure. */
export class LiveVisit implements Visit {
  readonly openedAt = performance.now();
  requestedAt?: number;
  polite = true;
  servername?: string;
  readonly frames: WireFrame[] = [];
  /** Settles once the request is whole, or will never be. */
  readonly requested: Promise<boolean>;
  #request: RequestHead | undefined;
  #pending: Buffer = Buffer.alloc(0);
  #wire: Buffer[] = [];
  #kept = 0;
  count = 0;
  #decoder: FrameDecoder | undefined = new FrameDecoder({ maxPayload: MOST_PAYLOAD });
  readonly #ended = deferred<End>();
  readonly #gone = deferred<boolean>();
  readonly #arrived = deferred<boolean>();
  readonly #waiting = new Set<Waiting>();
  #over = false;

  constructor(
    readonly stream: Socket,
    readonly raw: Socket,
    readonly note: Note,
  ) {
    this.requested = this.#arrived.promise;
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('end', () => unlessReset(stream, () => this.#finish('fin')));
    stream.on('error', (fault: NodeJS.ErrnoException) => {
      const lost = fault.code === 'ECONNRESET' || fault.code === 'EPIPE';
      if (!lost) note('note', `the connection failed: ${show(fault.message)}`);
      this.#finish(lost ? 'rst' : 'fin');
    });
    raw.on('error', () => {});
    raw.on('close', () => this.#finish('fin'));
  }

  get head(): string | undefined {
    return this.#request?.raw;
  }

  get method(): string {
    return this.#request?.method ?? '';
  }

  get target(): string {
    return this.#request?.target ?? '';
  }

  value(name: string): string | undefined {
    const values = this.#request ? valuesOf(this.#request, name) : [];
    return values.length > 0 ? values.join(', ') : undefined;
  }

  get asksForWebSocket(): boolean {
    return this.#request !== undefined && tokensOf(this.#request, 'upgrade').includes('websocket');
  }

  get wire(): Uint8Array {
    return Buffer.concat(this.#wire);
  }

  get over(): boolean {
    return this.#over;
  }

  answer({ fields = {}, more = [], status = '101 Switching Protocols' }: AnswerChange = {}): Uint8Array {
    const [subprotocol] = (this.value('sec-websocket-protocol') ?? '').split(/\s*,\s*/);
    const usual: Field[] = [
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Accept', acceptValue(this.value('sec-websocket-key') ?? '')],
      ...(subprotocol ? [['Sec-WebSocket-Protocol', subprotocol] as const] : []),
    ];
    const changes = new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
    const kept = usual.flatMap(([name, value]): Field[] => {
      if (!changes.has(name.toLowerCase())) return [[name, value]];
      const changed = changes.get(name.toLowerCase());
      return changed === undefined ? [] : [[name, changed]];
    });
    const lines = [...kept, ...more].map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`, 'latin1');
  }

  accept(change?: AnswerChange): void {
    this.#write(this.answer(change), 'answer', 'response');
  }

  send(octets: Uint8Array | string): void {
    this.#write(typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets, '', 'octets');
  }

  #write(octets: Uint8Array, what: string, mark: 'response' | 'octets'): void {
    if (!this.stream.writable) return;
    this.note('sent', what || `${octets.length} octets`, octets, { mark });
    this.stream.write(octets);
  }

  async drained(withinMs: number): Promise<boolean> {
    const until = performance.now() + withinMs;
    while (this.stream.writable && this.stream.writableLength + this.raw.writableLength > 0) {
      if (performance.now() > until) return false;
      await pause(10);
    }
    return this.stream.writable;
  }

  async ping(withinMs: number): Promise<boolean> {
    const payload = randomBytes(FRESH_OCTETS);
    this.send(frame({ opcode: 'ping', payload }));
    return (
      (await this.until((one) => one.opcode === 10 && payload.equals(one.payload), withinMs)) !== undefined
    );
  }

  async until(match: (frame: WireFrame) => boolean, withinMs: number): Promise<WireFrame | undefined> {
    const came = this.frames.find(match);
    if (came || this.#over) return came;
    const waiting: Waiting = { match, resolve: () => {} };
    const comes = new Promise<WireFrame | undefined>((resolve) => {
      waiting.resolve = resolve;
    });
    this.#waiting.add(waiting);
    const found = await within(withinMs, comes);
    this.#waiting.delete(waiting);
    return found;
  }

  ended(withinMs: number): Promise<End | undefined> {
    return within(withinMs, this.#ended.promise);
  }

  async gone(withinMs: number): Promise<boolean> {
    return (await within(withinMs, this.#gone.promise)) ?? false;
  }

  end(): void {
    this.note('sent', 'FIN', undefined, { mark: 'fin' });
    this.stream.end();
  }

  reset(): void {
    this.note('sent', 'RST', undefined, { mark: 'rst' });
    reset(this.raw, this.stream);
  }

  #take(chunk: Buffer): void {
    if (this.#request) return this.#takeOctets(chunk);
    this.#pending = Buffer.concat([this.#pending, chunk]);
    try {
      const split = splitHead(this.#pending);
      if (!split) return;
      this.#request = parseRequest(split.head);
      this.requestedAt = performance.now();
      const first = this.#request.raw.split('\r\n', 1)[0] ?? '';
      this.note('received', show(first), split.head, { mark: 'request' });
      this.#arrived.resolve(true);
      if (split.rest.length > 0) this.#takeOctets(Buffer.from(split.rest));
    } catch (fault) {
      this.note('received', `not HTTP: ${(fault as Error).message}`, this.#pending.subarray(0, 4096));
      this.#arrived.resolve(false);
      this.stream.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    }
  }

  #takeOctets(chunk: Buffer): void {
    this.count += chunk.length;
    const room = Math.max(0, MOST_WIRE - this.#kept);
    if (room > 0) this.#wire.push(chunk.subarray(0, room));
    this.#kept += Math.min(room, chunk.length);
    try {
      for (const one of this.#decoder?.push(chunk) ?? []) this.#heed(one);
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      for (const one of fault.frames) this.#heed(one);
      this.note('received', `not a frame: ${fault.message}`, chunk.subarray(0, 256));
      this.#decoder = undefined;
    }
  }

  #heed(one: WireFrame): void {
    const { opcode, mask, payload } = one;
    if (this.frames.length < MOST_FRAMES) this.frames.push({ ...one, payload: Buffer.from(payload) });
    for (const waiting of this.#waiting) if (waiting.match(one)) waiting.resolve(one);
    this.note(
      'received',
      `frame ${opcodeName(opcode)}${mask ? ' masked' : ''} ${payload.length} octets`,
      payload,
      { mark: 'frame', frame: headerOf(one) },
    );
    if (opcode === 9 && this.polite && this.stream.writable)
      this.stream.write(frame({ opcode: 'pong', payload }));
    if (opcode !== 8) return;
    const end: End = { how: 'close', at: performance.now() };
    try {
      Object.assign(end, readClose(payload));
    } catch {
      if (payload.length > 1) end.code = Buffer.from(payload).readUInt16BE();
    }
    this.#ended.resolve(end);
    if (!this.polite || !this.stream.writable) return;
    this.stream.end(frame({ opcode: 'close', payload: payload.subarray(0, 2) }));
  }

  #finish(how: 'fin' | 'rst'): void {
    if (this.#over) return;
    this.#over = true;
    this.note('received', how === 'rst' ? 'RST' : 'FIN', undefined, { mark: how });
    this.#ended.resolve({ how, at: performance.now() });
    this.#gone.resolve(true);
    this.#arrived.resolve(false);
    for (const waiting of this.#waiting) waiting.resolve(undefined);
    if (how === 'fin') this.stream.end();
  }
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
