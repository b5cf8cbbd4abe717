import { createRequire } from 'node:module';
import WebSocket from 'ws';
import type { Client, ClientOptions, ClientSession, End, Route, TlsChoice } from '../model.js';
import { within } from '../patience.js';
import { Unreachable } from './connect.js';
import { tokenise } from './dial.js';
import { Mailbox } from './mailbox.js';
import { type Recorder, recorderOf, unrecorded } from './recorder.js';
import { wsSocket } from './ws-socket.js';

const HANDSHAKE_MS = 3000;
/** What is kept of messages that nobody reads: a far end that sends more floods us. */
const MOST_MESSAGES = 16_384;
const MOST_OCTETS = 32 * 1_048_576;
const { version } = createRequire(import.meta.url)('ws/package.json') as { version: string };

/** The `ws` library as users have it; the connection below it follows the route (CONNECT, TLS). */
export const wsClient = (record: Recorder = unrecorded, tls?: TlsChoice): Client => ({
  name: 'ws',
  version,
  open: (route, options = {}) => open(route, options, record, tls),
  live: async (route, options) => (await import('./live/index.js')).live(route, options, record),
});

async function open(
  route: Route,
  options: ClientOptions,
  run: Recorder,
  tls: TlsChoice | undefined,
): Promise<ClientSession> {
  const withinMs = options.handshakeMs ?? HANDSHAKE_MS;
  const { target, token } = tokenise(
    options.path ?? (new URL(route.url).pathname.replace(/^\/$/, '') || '/echo'),
  );
  const record = recorderOf(token, run);
  let link: Awaited<ReturnType<typeof wsSocket>>;
  try {
    link = await wsSocket(route, target, {
      ...options,
      withinMs,
      handshakeMs: withinMs,
      record,
      ...(tls && { tls }),
    });
  } catch (fault) {
    if (!(fault instanceof Unreachable)) throw fault;
    return failed(fault.message);
  }
  const session = new WsSession(token, link.socket, link.raw, record, options.heartbeat);
  await session.settled;
  return session;
}

function failed(failure: string): ClientSession {
  return {
    opened: false,
    failure,
    send() {},
    next: async () => undefined,
    ended: async () => undefined,
    async [Symbol.asyncDispose]() {},
  };
}

class WsSession implements ClientSession {
  opened = false;
  failure?: string;
  readonly settled: Promise<void>;
  readonly #inbox = new Mailbox<string | Uint8Array>();
  readonly #ended: Promise<End>;

  constructor(
    readonly token: string,
    readonly socket: WebSocket,
    readonly raw: import('node:net').Socket,
    record: Recorder,
    heartbeat: ClientOptions['heartbeat'],
  ) {
    let givenUp = false;
    let how: End['how'] = 'fin';
    let messages = 0;
    let octets = 0;
    raw.on('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ECONNRESET') how = 'rst';
    });
    this.settled = new Promise((resolve) => {
      socket.once('open', () => {
        this.opened = true;
        record('note', 'ws: open');
        resolve();
      });
      socket.once('close', () => resolve());
    });
    socket.on('error', (fault) => {
      this.failure ??= fault.message;
      record('note', `ws: ${fault.message}`);
    });
    socket.on('message', (data: Buffer, binary: boolean) => {
      record('received', `message ${data.length} octets`, data);
      this.#inbox.push(binary ? data : data.toString());
      octets += data.length;
      if (++messages < MOST_MESSAGES && octets < MOST_OCTETS) return;
      givenUp = true;
      record('note', `ws: a flood; given up after ${messages} messages`);
      socket.terminate();
    });
    this.#ended = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        this.#inbox.close();
        if (code !== 1006) how = 'close';
        if (givenUp) how = 'nothing';
        record('note', `ws: closed ${code} ${reason.toString()}`.trimEnd());
        resolve({ how, at: performance.now(), code, reason: reason.toString() });
      });
    });
    if (heartbeat) {
      let timer: NodeJS.Timeout | undefined;
      const beat = setInterval(() => {
        if (socket.readyState !== WebSocket.OPEN || timer) return;
        socket.ping();
        record('sent', 'ping');
        timer = setTimeout(() => {
          givenUp = true;
          record('note', `ws: no pong within ${heartbeat.timeoutMs} ms`);
          socket.terminate();
        }, heartbeat.timeoutMs);
      }, heartbeat.everyMs);
      socket.on('pong', () => {
        clearTimeout(timer);
        timer = undefined;
      });
      socket.once('close', () => {
        clearInterval(beat);
        clearTimeout(timer);
      });
    }
  }

  get subprotocol(): string {
    return this.socket.protocol;
  }

  send(data: string | Uint8Array): void {
    this.socket.send(data);
  }

  next(withinMs = 2000): Promise<string | Uint8Array | undefined> {
    return this.#inbox.take(withinMs);
  }

  ended(withinMs = 2000): Promise<End | undefined> {
    return within(withinMs, this.#ended);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.terminate();
    this.raw.destroy();
  }
}
