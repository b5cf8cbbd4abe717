import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Client, ClientOptions, ClientSession, Route } from '../model.js';
import {
  acceptValue,
  closePayload,
  type Frame,
  FrameDecoder,
  frame,
  freshKey,
  Inflater,
  Messages,
  ProtocolFault,
  parseResponse,
  type ResponseHead,
  splitHead,
  type Tolerance,
  tokensOf,
  valueOf,
} from '../protocol/index.js';
import type { LuredSin } from './lured-sins.js';

type Sins = ReadonlySet<LuredSin>;

const DEADLINE_MS = 700;
const MOST_HEAD = 16 * 1024;
const MOST_INTERIM = 8;
const MOST_FRAGMENTS = 1024;
const MOST_MESSAGE = 4 * 1024 * 1024;
const MOST_UNSENT = 256 * 1024;
const LINGER_MS = 100;
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** A small client of our own, sound but for the sins: it says hello in two fragments, and answers what it is asked. */
export const luredClient = (sins: readonly LuredSin[] = []): Client => ({
  name: sins.length > 0 ? `careless: ${sins.join(', ')}` : 'small and sound',
  open: (route, options = {}) => openLured(route, options, new Set(sins)),
});

export async function openLured(route: Route, options: ClientOptions, sins: Sins): Promise<ClientSession> {
  const session = new LuredSession(sins, options.handshakeMs ?? DEADLINE_MS);
  await session.start(route, options.path ?? '/');
  return session;
}

class LuredSession implements ClientSession {
  opened = false;
  failure?: string;
  #socket: Socket | undefined;
  #tls = false;
  #key = '';
  #head: Buffer = Buffer.alloc(0);
  #interim = 0;
  #decoder = new FrameDecoder({ maxPayload: MOST_MESSAGE });
  #messages: Messages;
  #inflater: Inflater | undefined;
  #fragments = 0;
  #hoard: Uint8Array[] = [];
  #closed = false;
  #settle!: () => void;
  readonly #settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });
  #deadline: NodeJS.Timeout | undefined;

  constructor(
    readonly sins: Sins,
    readonly handshakeMs: number,
  ) {
    this.#messages = this.#newMessages();
  }

  #newMessages(): Messages {
    const tolerate = new Set([...this.sins] as Tolerance[]);
    // Compressed messages are inflated here.
    tolerate.add('rsv');
    return new Messages({ role: 'client', tolerate });
  }

  async start(route: Route, path: string, more = ''): Promise<void> {
    const url = new URL(route.url);
    this.#tls = url.protocol === 'wss:';
    const at = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) };
    const socket = this.#tls
      ? connectTls({
          ...at,
          ...(route.ca !== undefined && { ca: route.ca }),
          servername: route.servername ?? at.host,
          ALPNProtocols: ['http/1.1'],
          ...(this.sins.has('old-tls') && { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' }),
        })
      : connect({ ...at, allowHalfOpen: true });
    this.#socket = socket;
    socket.on('error', (fault) => this.#fail(fault.message));
    socket.on('close', () => this.#fail('closed'));
    socket.on('end', () => {
      if (!this.sins.has('half-open')) socket.end();
    });
    await Promise.race([
      once(socket, this.#tls ? 'secureConnect' : 'connect').catch(() => {}),
      this.#settled,
    ]);
    if (this.failure !== undefined) return;
    const host = this.sins.has('wrong-host') ? 'gauntlet.example' : url.host;
    this.#key = this.sins.has('fixed-key') ? KEY : freshKey();
    if (this.sins.has('short-key')) this.#key = randomBytes(8).toString('base64');
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${this.#key}\r\n${this.sins.has('no-version') ? '' : 'Sec-WebSocket-Version: 13\r\n'}` +
        `Sec-WebSocket-Extensions: permessage-deflate\r\nAuthorization: Bearer 0123456789abcdef\r\n${more}\r\n`,
    );
    if (this.sins.has('early-data')) this.#hello();
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    if (!this.sins.has('no-deadline')) {
      this.#deadline = setTimeout(() => this.#fail('no answer'), Math.min(DEADLINE_MS, this.handshakeMs));
    }
    const late = setTimeout(() => this.#settle(), this.handshakeMs);
    await this.#settled;
    clearTimeout(late);
  }

  #fail(why: string): void {
    this.failure ??= why;
    this.#settle();
    clearTimeout(this.#deadline);
    this.#socket?.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.opened) return this.#takeFrames(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    if (this.#head.length > MOST_HEAD && !this.sins.has('no-head-limit'))
      return this.#fail('the head is too long');
    try {
      for (;;) {
        const split = splitHead(this.#head, 64 * 1024 * 1024);
        if (!split) {
          if (this.sins.has('one-read')) this.#fail('half of a head');
          return;
        }
        const head = parseResponse(split.head);
        this.#head = Buffer.from(split.rest);
        if (head.status >= 200 || head.status === 101) return this.#answered(head);
        if (++this.#interim > MOST_INTERIM && !this.sins.has('no-head-limit'))
          return this.#fail('too many interim answers');
      }
    } catch (fault) {
      this.#fail((fault as Error).message);
    }
  }

  #answered(head: ResponseHead): void {
    clearTimeout(this.#deadline);
    const location = valueOf(head, 'location');
    const carries = this.sins.has('redirected-with-credentials');
    if (location !== undefined && (carries || this.sins.has('redirected'))) {
      this.#socket?.removeAllListeners('close').destroy();
      this.#head = Buffer.alloc(0);
      void this.start({ url: location.replace(/^http/, 'ws') }, '/echo', carries ? '' : 'X-None: 1\r\n');
      return;
    }
    const fault = this.#faultOf(head);
    if (fault) return this.#fail(fault);
    this.opened = true;
    this.#settle();
    if (!this.sins.has('early-data')) this.#hello();
    if (this.#head.length > 0 && !this.sins.has('drops-early')) this.#takeFrames(this.#head);
  }

  #faultOf(head: ResponseHead): string | undefined {
    const may = (sin: LuredSin) => this.sins.has(sin);
    const accept = valueOf(head, 'sec-websocket-accept') ?? '';
    const right = acceptValue(this.#key);
    const extensions = valueOf(head, 'sec-websocket-extensions');
    if (head.status !== 101 && !may('any-status')) return `the status is ${head.status}`;
    if (head.version !== '1.1' && !may('any-version')) return 'not HTTP/1.1';
    if (valueOf(head, 'upgrade')?.toLowerCase() !== 'websocket' && !may('any-upgrade')) return 'no Upgrade';
    if (!tokensOf(head, 'connection').includes('upgrade') && !may('any-connection')) return 'no Connection';
    const same = may('any-case') ? accept.toLowerCase() === right.toLowerCase() : accept === right;
    if (!same && !may('any-accept')) return 'a wrong accept';
    if (valueOf(head, 'sec-websocket-protocol') !== undefined && !may('any-subprotocol'))
      return 'a subprotocol';
    if (extensions === undefined) return undefined;
    if (!extensions.startsWith('permessage-deflate'))
      return may('any-extension') ? undefined : 'an extension';
    const bits = /server_max_window_bits=([^;,]*)/.exec(extensions)?.[1];
    if (bits !== undefined && !/^(?:[89]|1[0-5])$/.test(bits)) {
      if (this.sins.has('throws')) throwLater(new RangeError(`windowBits ${bits}`));
      else if (!may('any-window')) return 'a wrong window';
    }
    this.#inflater = new Inflater();
    return undefined;
  }

  #hello(): void {
    const mask = this.sins.has('key-per-message') ? randomBytes(4) : undefined;
    this.#write({ opcode: 'text', payload: 'hel', fin: false }, mask);
    this.#write({ opcode: 'continuation', payload: 'lo' }, mask);
  }

  #write(spec: Parameters<typeof frame>[0], key?: Uint8Array): void {
    const socket = this.#socket;
    if (!socket?.writable) return;
    const bare = this.sins.has('no-mask') || (this.sins.has('no-mask-tls') && this.#tls);
    let mask: Uint8Array | true = key ?? true;
    if (this.sins.has('fixed-mask')) mask = Buffer.from('mask');
    if (this.sins.has('zero-mask')) mask = new Uint8Array(4);
    const octets = frame({ ...spec, ...(!bare && { mask }) });
    if (this.sins.has('hoards-pongs')) this.#hoard.push(Buffer.alloc(octets.length * 64, 1));
    socket.write(octets);
    if (socket.writableLength > MOST_UNSENT) this.#fail('the server does not read');
  }

  #takeFrames(chunk: Buffer): void {
    let frames: Frame[];
    try {
      if (this.sins.has('believes-lengths')) this.#believe(chunk);
      frames = this.#decoder.push(chunk);
      for (const one of frames) this.#takeFrame(one);
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      if (this.sins.has('throws')) throwLater(fault);
      if (this.sins.has('ignores-faults')) {
        this.#decoder = new FrameDecoder({ maxPayload: MOST_MESSAGE });
        this.#messages = this.#newMessages();
        return;
      }
      this.#close(fault.code);
    }
  }

  /** Makes room for what a header declares, before it comes. */
  #believe(chunk: Buffer): void {
    if ((chunk[1]! & 127) !== 127 || chunk.length < 10) return;
    const declared = chunk.readBigUInt64BE(2);
    if (declared > 0x7fff_ffffn) this.#hoard.push(Buffer.alloc(300 * 1024 * 1024, 1));
  }

  #takeFrame(one: Frame): void {
    if (this.#closed) return;
    if (one.rsv !== 0) {
      if (one.rsv === 4 && this.#inflater && (one.opcode === 1 || one.opcode === 2)) {
        const max = this.sins.has('no-inflate-limit') ? 512 * 1024 * 1024 : MOST_MESSAGE;
        try {
          this.#hoard.push(this.#inflater.inflate(one.payload, max));
        } catch (fault) {
          if (!this.sins.has('ignores-faults')) throw fault;
        }
        return;
      }
      if (!this.sins.has('rsv')) throw new ProtocolFault(1002, 'RSV bits');
    }
    this.#fragments = one.opcode === 0 ? this.#fragments + 1 : this.#fragments;
    if (this.#fragments > MOST_FRAGMENTS && !this.sins.has('endless-fragments'))
      throw new ProtocolFault(1008, 'too many fragments');
    const message = this.#messages.accept(one);
    if (message?.kind === 'ping' && !this.sins.has('no-pong'))
      this.#write({ opcode: 'pong', payload: message.data });
    if (message?.kind === 'pong' && this.sins.has('only-asked-pongs'))
      throw new ProtocolFault(1002, 'a pong that nobody asked for');
    if (message?.kind !== 'close') return;
    if (this.sins.has('no-close-answer')) return;
    this.#close(message.code ?? 1000, message.data);
  }

  #close(code: number, payload: Uint8Array = closePayload(code)): void {
    this.#closed = true;
    this.#write({ opcode: 'close', payload: payload.subarray(0, 2) });
    if (this.sins.has('keeps-socket')) return;
    this.#socket?.end();
    setTimeout(() => this.#socket?.destroy(), LINGER_MS).unref();
  }

  send(): void {}

  async next(): Promise<undefined> {
    return undefined;
  }

  /** Waits for it, however long. */
  async ended(): Promise<undefined> {
    if (this.#socket && !this.#socket.destroyed) await once(this.#socket, 'close').catch(() => {});
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#fail('disposed of');
  }
}

/** Where nobody catches it. */
function throwLater(fault: Error): void {
  setImmediate(() => {
    throw fault;
  });
}
