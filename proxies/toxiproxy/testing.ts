import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { type Proxy as ProxyClient, Toxiproxy as ToxiproxyClient } from 'toxiproxy-node-client';
import { startToxiproxy } from './server.js';
import type { Chunk, Toxic, ToxicStub } from './toxic.js';
import type { Stream } from './toxics.js';

/** One end of a connection, which records what comes and how it ends. */
export class End {
  readonly socket: Socket;
  readonly ended: Promise<'fin' | 'rst'>;
  /** Pieces as they were read, with the time of each by performance.now(). */
  readonly pieces: { data: Buffer; at: number }[] = [];
  #count = 0;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (data) => {
      this.pieces.push({ data: data as Buffer, at: performance.now() });
      this.#count += data.length;
    });
    this.ended = new Promise((resolve) => {
      socket.once('end', () => resolve('fin')).once('error', () => resolve('rst'));
    });
  }

  get received(): Buffer {
    return Buffer.concat(this.pieces.map(({ data }) => data));
  }

  /** What was received once it is so many octets, or the connection is over. */
  async octets(count: number): Promise<Buffer> {
    while (this.#count < count && !this.socket.readableEnded && !this.socket.destroyed)
      await Promise.race([once(this.socket, 'data'), this.ended]);
    return this.received;
  }
}

/** A client and a server of the test's own, with a proxy between them. */
export interface Rig extends AsyncDisposable {
  api: ToxiproxyClient;
  url: string;
  proxy: ProxyClient;
  upstream: string;
  /** Opens a connection: the client's end and the server's. */
  open(): Promise<{ client: End; server: End }>;
  add(
    type: string,
    attributes?: Record<string, number>,
    more?: { stream?: Stream; toxicity?: number },
  ): Promise<void>;
  /** Any request to the API; gives status, headers and body. */
  ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: string; headers: Headers }>;
}

export async function rig(): Promise<Rig> {
  const toxiproxy = await startToxiproxy({ host: '127.0.0.1', port: 0 });
  const sockets = new Set<Socket>();
  const arrived: ((server: End) => void)[] = [];
  const origin = net.createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    const end = new End(socket);
    arrived.shift()?.(end);
  });
  origin.listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const upstream = `127.0.0.1:${(origin.address() as AddressInfo).port}`;
  const url = `http://127.0.0.1:${toxiproxy.address.port}`;
  const api = new ToxiproxyClient(url);
  const proxy = await api.createProxy({ name: 'rig', listen: '127.0.0.1:0', upstream });
  const ask: Rig['ask'] = async (method, path, body) => {
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const answer = await fetch(url + path, { method, body: text, redirect: 'manual' });
    return { status: answer.status, body: await answer.text(), headers: answer.headers };
  };
  return {
    api,
    url,
    proxy,
    upstream,
    ask,
    async open() {
      const server = new Promise<End>((resolve) => arrived.push(resolve));
      const socket = net.connect({
        port: portOf(proxy.listen),
        host: '127.0.0.1',
        allowHalfOpen: true,
        noDelay: true,
      });
      sockets.add(socket);
      return { client: new End(socket), server: await server };
    },
    async add(type, attributes = {}, more = {}) {
      const { status, body } = await ask('POST', '/proxies/rig/toxics', { type, attributes, ...more });
      if (status !== 200) throw new Error(body);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      origin.close();
      await toxiproxy[Symbol.asyncDispose]();
    },
  };
}

export const portOf = (address: string) => Number(address.slice(address.lastIndexOf(':') + 1));

/** The end that a stream comes from, and the one that it goes to. */
export function along(
  stream: Stream,
  { client, server }: { client: End; server: End },
): [from: End, to: End] {
  return stream === 'upstream' ? [client, server] : [server, client];
}

export const STREAMS: readonly Stream[] = ['upstream', 'downstream'];

/** Octets of which every 4 tell their place, so that order and loss show. */
export function numbered(size: number): Buffer {
  const data = Buffer.alloc(size);
  for (let at = 0; at + 4 <= size; at += 4) data.writeUInt32BE(at, at);
  return data;
}

/** Sizes of the pieces that a toxic makes of one chunk when it never has to wait. */
export async function cut<Name extends string>(
  toxic: Toxic<Name>,
  attributes: Record<Name, number>,
  data: Buffer,
): Promise<number[]> {
  const sizes: number[] = [];
  const chunks: Chunk[] = [{ data, at: 0 }];
  const read = async () => chunks.shift();
  const stub: ToxicStub = {
    read,
    write({ data }) {
      sizes.push(data.length);
      return undefined;
    },
    wait: async () => true,
    hold: async () => {},
    close() {},
    interrupted: false,
    state: {},
    async *[Symbol.asyncIterator]() {
      for (const chunk of chunks.splice(0)) yield chunk;
    },
  };
  await toxic.pipe(stub, attributes);
  return sizes;
}
