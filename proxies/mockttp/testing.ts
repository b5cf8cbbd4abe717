import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { WebSocket, WebSocketServer } from 'ws';
import { createAuthority } from '../../harness/certificates.js';
import type { Address, CertificateKind, Site } from '../../harness/model.js';
import { type MockttpOptions, mockttp } from './index.js';

const NAME = 'gauntlet.test';
const authority = await createAuthority();

interface Seen {
  messages: string[];
  closes: number[];
}

/** Echoes messages, answers HTTP with the body that it got, and remembers. */
async function startOrigin(secure: boolean, kind?: CertificateKind) {
  const seen: Seen = { messages: [], closes: [] };
  const answer: http.RequestListener = async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    response.end(`got ${body}`);
  };
  const server = secure
    ? https.createServer(authority.leaf([NAME, '127.0.0.1'], kind), answer)
    : http.createServer(answer);
  const sockets = new WebSocketServer({ server, perMessageDeflate: true });
  sockets.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => {
      seen.messages.push(String(data));
      // Something that the client did not say.
      socket.send(String(data) === 'tell' ? 'the secret word' : data, { binary: isBinary });
    });
    socket.on('close', (code) => seen.closes.push(code));
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    seen,
    address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** An intermediary as the in-process runtime starts it, and what goes through it. */
export async function place(
  options: MockttpOptions,
  secure: boolean,
  more: Partial<Site> & { kind?: CertificateKind } = {},
) {
  const origin = await startOrigin(secure, more.kind);
  const dir = await mkdtemp(join(tmpdir(), 'mockttp-test-'));
  const ca = join(dir, 'ca.pem');
  const caKey = join(dir, 'ca-key.pem');
  await writeFile(ca, authority.ca);
  await writeFile(caKey, authority.caKey, { mode: 0o600 });
  const free = net.createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const listen = { host: '127.0.0.1', port: (free.address() as AddressInfo).port };
  await new Promise((done) => free.close(done));
  const site = { listen, upstream: origin.address, ca, caKey, ...more } as unknown as Site;
  const running = await mockttp(options).embed!(site);
  return {
    site,
    origin: origin.seen,
    open: () => openSocket(listen, origin.address, secure),
    post: (body: string) => post(listen, origin.address, secure, body),
    tunnel: () => connect(listen, origin.address),
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await origin[Symbol.asyncDispose]();
      await rm(dir, { recursive: true });
    },
  };
}

async function connect(proxy: Address, target: Address): Promise<Socket> {
  const to = `${target.host}:${target.port}`;
  const request = http.request({ ...proxy, method: 'CONNECT', path: to, headers: { Host: to } }).end();
  const [answer, socket] = (await once(request, 'connect')) as [http.IncomingMessage, Socket];
  if (answer.statusCode !== 200) throw new Error(`CONNECT was answered ${answer.statusCode}`);
  return socket;
}

async function secured(proxy: Address, target: Address) {
  const socket = tls.connect({ socket: await connect(proxy, target), servername: NAME, ca: authority.ca });
  await once(socket, 'secureConnect');
  return socket;
}

/** A WebSocket through the proxy; its end and what it got. */
async function openSocket(proxy: Address, target: Address, secure: boolean) {
  const socket = secure ? await secured(proxy, target) : await connect(proxy, target);
  const issuer = socket instanceof tls.TLSSocket ? socket.getPeerCertificate().issuer.CN : undefined;
  const client = new WebSocket(`ws://${NAME}/`, { createConnection: () => socket });
  const messages: string[] = [];
  client.on('message', (data) => messages.push(String(data)));
  const closed = new Promise<number>((resolve) => client.once('close', resolve));
  const opened = await new Promise<string>((resolve) => {
    client.once('open', () => resolve('101'));
    client.once('unexpected-response', (_request, response) => {
      resolve(String(response.statusCode));
      socket.destroy();
    });
    client.once('error', (error) => resolve(error.message));
  });
  const until = async (count: number) => {
    while (messages.length < count) await once(client, 'message');
    return messages;
  };
  return { client, issuer, messages, closed, opened, until };
}

async function post(proxy: Address, target: Address, secure: boolean, body: string) {
  const socket = secure ? await secured(proxy, target) : await connect(proxy, target);
  const headers = { Host: NAME, 'Content-Length': Buffer.byteLength(body) };
  const request = http
    .request({ method: 'POST', path: '/', headers, createConnection: () => socket })
    .end(body);
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  let text = '';
  for await (const part of answer) text += part;
  socket.destroy();
  return { status: answer.statusCode, text };
}
