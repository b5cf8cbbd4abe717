import { isUtf8 } from 'node:buffer';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Evidence } from '../model.js';
import {
  acceptValue,
  closePayload,
  type Decompressor,
  type Field,
  type Frame,
  FrameDecoder,
  type FrameSpec,
  frame,
  type Message,
  Messages,
  OPCODE,
  opcodeName,
  ProtocolFault,
  type RequestHead,
  requestFaults,
  responseHead,
  type Tolerance,
  tokensOf,
  valueOf,
} from '../protocol/index.js';
import { echoer } from './echoer.js';
import { forgives, sticklesFor } from './forgive.js';
import type { Sins } from './server.js';
import type { LiveSighting } from './sighting.js';

const MOST_MESSAGE = 16 * 1024 * 1024;

interface Parts {
  stream: Socket | TLSSocket;
  raw: Socket;
  request: RequestHead;
  url: URL;
  body: Uint8Array;
  sighting: LiveSighting;
  sins: Sins;
  memory: Map<string, unknown>;
}

/** One exchange from the origin's side: a request, and the means to answer it well or badly. */
export class Talk {
  readonly request: RequestHead;
  readonly url: URL;
  readonly body: Uint8Array;
  readonly sighting: LiveSighting;
  readonly sins: Sins;
  /** What behaviours of this origin keep from one connection to the next. */
  readonly memory: Map<string, unknown>;
  /** The answer is complete, and the next request may come. */
  answered = false;
  /** What comes now is not HTTP any more: frames, or nothing that is understood. */
  takesAll = false;
  whenAnswered: () => void = () => {};
  /** What is done with a data message; echoed until a behaviour says otherwise. */
  onMessage: (message: Message) => void = (message) => {
    for (const spec of this.#echo(message)) this.send(spec);
  };
  /** Takes what comes after the switch, instead of its being read as frames. */
  onOctets: ((octets: Uint8Array) => void) | undefined;
  onPong: () => void = () => {};
  readonly #stream: Socket | TLSSocket;
  readonly #raw: Socket;
  readonly #timers = new Set<NodeJS.Timeout>();
  #decoder: FrameDecoder | undefined;
  #messages: Messages | undefined;
  readonly #endings: (() => void)[] = [];
  #closing = false;
  readonly #echo: ReturnType<typeof echoer>;

  constructor(parts: Parts) {
    this.#stream = parts.stream;
    this.#raw = parts.raw;
    this.request = parts.request;
    this.url = parts.url;
    this.body = parts.body;
    this.sighting = parts.sighting;
    this.sins = parts.sins;
    this.#echo = echoer(parts.sins);
    this.memory = parts.memory;
  }

  /** A number from the query, or the default. */
  number(name: string, otherwise: number): number {
    const value = Number(this.url.searchParams.get(name) ?? otherwise);
    return Number.isFinite(value) ? value : otherwise;
  }

  // ------------------------------------------------------------------------------------------ plain HTTP

  answer(status: number, fields: readonly Field[] = [], body: string | Uint8Array = ''): void {
    const octets = Buffer.from(body as string);
    const head = responseHead({ status, fields: [...fields, ['Content-Length', String(octets.length)]] });
    this.sighting.answer = Buffer.from(head).toString('latin1');
    this.write(
      Buffer.concat([head, this.request.method === 'HEAD' ? Buffer.alloc(0) : octets]),
      `HTTP ${status}`,
    );
    this.#done();
  }

  /** Answers with a body that is sent piece by piece (chunked for HTTP/1.1, until FIN for HTTP/1.0). */
  stream(status: number, fields: readonly Field[]): { write(text: string): void; end(): void } {
    const chunked = this.request.version !== '1.0';
    const framing: Field = chunked ? ['Transfer-Encoding', 'chunked'] : ['Connection', 'close'];
    this.write(responseHead({ status, fields: [...fields, framing] }), `HTTP ${status}`);
    return {
      write: (text) => {
        const octets = Buffer.from(text);
        this.write(
          chunked ? `${octets.length.toString(16)}\r\n${text}\r\n` : text,
          text.trimEnd().slice(0, 120),
        );
      },
      end: () => {
        if (!chunked) return this.end();
        this.write('0\r\n\r\n', 'end of body');
        this.#done();
      },
    };
  }

  // ------------------------------------------------------------------------------------------- WebSocket

  /** Accepts the upgrade, or refuses it as RFC 6455 §4.2 has it; says which. `early` goes out in the same write as the 101. */
  upgrade(
    options: { fields?: readonly Field[]; early?: readonly FrameSpec[]; deflate?: Decompressor } = {},
  ): boolean {
    if (sticklesFor(this.sins, this.request)) {
      this.answer(400, [], 'spelt otherwise\n');
      return false;
    }
    if (this.sins.has('tls-upgrade') && tokensOf(this.request, 'upgrade').includes('tls/1.0')) {
      this.switchProtocols([
        ['Upgrade', 'TLS/1.0, HTTP/1.1'],
        ['Connection', 'Upgrade'],
      ]);
      return false;
    }
    const wrong = requestFaults(this.request);
    if (wrong && !forgives(this.sins, wrong, this.request)) {
      const fields: Field[] = wrong.status === 426 ? [['Sec-WebSocket-Version', '13']] : [];
      if (!this.#asksForWebSocket()) fields.push(['Upgrade', 'websocket'], ['Connection', 'Upgrade']);
      this.answer(wrong.status, this.sins.has('no-version-list') ? [] : fields, `${wrong.why}\n`);
      return false;
    }
    const key = valueOf(this.request, 'sec-websocket-key') ?? '';
    const offered = tokensOf(this.request, 'sec-websocket-protocol');
    const chosen = offered[0] !== undefined && !this.sins.has('drop-subprotocol') ? offered[0] : undefined;
    const accept = this.sins.has('key-as-accept')
      ? key
      : acceptValue(this.sins.has('constant-accept') ? 'AAAAAAAAAAAAAAAAAAAAAA==' : key);
    const fields: Field[] = [
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Accept', accept],
      ...(chosen ? [['Sec-WebSocket-Protocol', chosen] as const] : []),
      ...(options.fields ?? []),
    ];
    this.switchProtocols(fields, options.early);
    this.listen(options.deflate);
    return true;
  }

  /** Answers 101 with these fields, right or wrong; what comes then is kept, until `listen` reads it as frames. */
  switchProtocols(fields: readonly Field[], early: readonly FrameSpec[] = []): void {
    const head = responseHead({ status: 101, fields });
    this.sighting.answer = Buffer.from(head).toString('latin1');
    this.sighting.note('sent', 'HTTP 101', head, { mark: 'response' });
    for (const spec of early) this.sighting.note('sent', `frame ${describe(spec)}`, undefined, markOf(spec));
    this.#stream.write(Buffer.concat([head, ...early.map(frame)]));
    this.deafen();
  }

  /** From here on the peer's octets are frames. */
  listen(deflate?: Decompressor): void {
    this.takesAll = true;
    this.#decoder = new FrameDecoder({ maxPayload: MOST_MESSAGE });
    const tolerate = new Set([...this.sins].filter((sin): sin is Tolerance => TOLERANCES.has(sin)));
    const options = { role: 'server', maxMessage: MOST_MESSAGE, tolerate } as const;
    this.#messages = new Messages({ ...options, ...(deflate && { deflate }) });
  }

  /** From here on the peer's octets are kept and not understood. */
  deafen(): void {
    this.takesAll = true;
  }

  receive(octets: Uint8Array): void {
    if (this.onOctets) return this.onOctets(octets);
    if (!this.#decoder || !this.#messages) return;
    try {
      for (const received of this.#decoder.push(octets)) this.#take(received, this.#messages);
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      this.#fail(fault);
    }
  }

  #fail(fault: ProtocolFault): void {
    try {
      // Frames that were whole before the fault count as if it had not come.
      for (const received of fault.frames) this.#take(received, this.#messages!);
    } catch (earlier) {
      if (!(earlier instanceof ProtocolFault)) throw earlier;
      return this.#fail(earlier);
    }
    this.sighting.note('note', fault.message);
    this.close(fault.code);
  }

  #take(received: Frame, messages: Messages): void {
    this.sighting.frame(received);
    const masked = received.mask ? '' : ' unmasked';
    const what = `frame ${opcodeName(received.opcode)}${masked} ${received.payload.length} octets`;
    this.sighting.note('received', what, received.payload, {
      mark: 'frame',
      frame: {
        fin: received.fin,
        rsv: received.rsv,
        opcode: received.opcode,
        masked: received.mask !== undefined,
        octets: received.payload.length,
        ...(received.mask && { mask: Buffer.from(received.mask).toString('hex') }),
      },
    });
    if (this.#closing) return;
    this.#judgeAlone(received);
    const message = messages.accept(received);
    if (message) this.#heed(message);
  }

  /** A careless reader takes every fragment for a whole text. */
  #judgeAlone({ opcode, payload }: Pick<Frame, 'opcode' | 'payload'>): void {
    if (!this.sins.has('utf8-per-fragment') || opcode > 1 || isUtf8(payload)) return;
    throw new ProtocolFault(1007, 'A fragment is not UTF-8.');
  }

  #heed(message: Message): void {
    if (message.kind === 'ping') {
      if (!this.sins.has('no-pong')) this.send({ opcode: 'pong', payload: message.data });
    } else if (message.kind === 'pong') this.onPong();
    else if (message.kind === 'close') {
      const { code, reason } = message;
      this.sighting.finish('close', {
        ...(code !== undefined && { code }),
        ...(reason !== undefined && { reason }),
      });
      this.close(this.sins.has('close-1000') ? 1000 : code);
    } else this.onMessage(message);
  }

  send(spec: FrameSpec): void {
    if (!this.#stream.writable) return;
    const shown = typeof spec.payload === 'string' ? Buffer.from(spec.payload) : spec.payload;
    this.sighting.note('sent', `frame ${describe(spec)}`, shown, markOf(spec));
    this.#stream.write(frame(spec));
  }

  /** Sends a Close frame and then FIN. */
  close(code?: number, reason = ''): void {
    if (this.#closing) return;
    this.#closing = true;
    this.send({ opcode: 'close', payload: closePayload(code, reason) });
    this.end();
  }

  #asksForWebSocket(): boolean {
    return tokensOf(this.request, 'upgrade').includes('websocket');
  }

  // --------------------------------------------------------------------------------------------- octets

  write(octets: string | Uint8Array, what: string): void {
    if (!this.#stream.writable) return;
    const mark = what.startsWith('HTTP ') ? 'response' : 'octets';
    this.sighting.note('sent', what, Buffer.from(octets as string), { mark });
    this.#stream.write(octets);
  }

  /** FIN. */
  end(): void {
    this.sighting.note('sent', 'FIN', undefined, { mark: 'fin' });
    this.#stream.end();
  }

  /** RST. */
  reset(): void {
    this.sighting.note('sent', 'RST', undefined, { mark: 'rst' });
    this.#raw.resetAndDestroy();
  }

  every(ms: number, act: (count: number) => void): void {
    let count = 0;
    this.#timers.add(setInterval(() => act(++count), Math.max(ms, 5)));
  }

  after(ms: number, act: () => void): void {
    this.#timers.add(setTimeout(act, ms));
  }

  /** Called when the connection is gone. */
  whenOver(act: () => void): void {
    this.#endings.push(act);
  }

  /** The connection is gone: nothing is sent any more. */
  over(): void {
    for (const act of this.#endings.splice(0)) act();
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers.clear();
  }

  #done(): void {
    this.answered = true;
    if (this.request.version === '1.0' || tokensOf(this.request, 'connection').includes('close'))
      return this.end();
    queueMicrotask(this.whenAnswered);
  }
}

const TOLERANCES = new Set<string>([
  'unmasked',
  'rsv',
  'opcode',
  'fragmentation',
  'control-length',
  'utf8',
  'close-code',
] satisfies Tolerance[]);

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
