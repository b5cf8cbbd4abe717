import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import t from 'tap';
import { WebSocket, WebSocketServer } from 'ws';
import { createAuthority } from '../../harness/certificates.js';
import type { Address, CertificateKind, Site } from '../../harness/model.js';
import { INSPECTOR } from './certificate.js';
import { type MockttpOptions, mockttp } from './index.js';

const LAB_CA = 'wsgauntlet lab CA';
const NAME = 'gauntlet.test';
// Loading mockttp alone may take seconds on a busy machine.
t.setTimeout(90_000);
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
async function place(
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

for (const secure of [false, true]) {
  const scheme = secure ? 'wss' : 'ws';

  t.test(`inspect passes messages both ways, ${scheme}`, async (t) => {
    await using path = await place({}, secure);
    const { client, opened, issuer, until, closed } = await path.open();
    t.equal(opened, '101');
    t.equal(issuer, secure ? INSPECTOR : undefined);
    client.send('hello');
    client.send(Buffer.alloc(200_000, 'x'));
    const [first, second] = await until(2);
    t.equal(first, 'hello');
    t.equal(second?.length, 200_000);
    client.close(4000, 'done');
    t.equal(await closed, 4000);
    t.same(await path.post('body'), { status: 200, text: 'got body' });
  });

  t.test(`what is to be blocked does not get to the origin, ${scheme}`, async (t) => {
    await using path = await place({ block: 'secret' }, secure);
    const { client, opened, closed, until, messages } = await path.open();
    t.equal(opened, '101');
    client.send('harmless');
    await until(1);
    client.send('before');
    client.send('a secret word');
    client.send('after');
    t.equal(await closed, 1008);
    await new Promise((resolve) => setTimeout(resolve, 50));
    t.same(path.origin.messages, ['harmless', 'before']);
    t.same(path.origin.closes, [1006]);
    t.ok(messages.length <= 2);
  });

  t.test(`what is to be blocked does not get to the client, ${scheme}`, async (t) => {
    await using path = await place({ block: /SECRET\s+word/gi }, secure);
    for (let round = 0; round < 2; round++) {
      const { client, closed, messages, until } = await path.open();
      client.send('harmless');
      await until(1);
      client.send('tell');
      t.equal(await closed, 1008);
      t.same(messages, ['harmless']);
    }
  });

  t.test(`blocked in fragments, in binary and in bodies, ${scheme}`, async (t) => {
    await using path = await place({ block: 'secret' }, secure);
    const pieces = await path.open();
    pieces.client.send('a sec', { fin: false });
    pieces.client.send('ret word', { fin: true });
    t.equal(await pieces.closed, 1008);
    const binary = await path.open();
    binary.client.send(Buffer.from('\u0000\u00ffsecret', 'latin1'));
    t.equal(await binary.closed, 1008);
    t.same(path.origin.messages, []);
    t.same(await path.post('a secret word'), { status: 403, text: 'blocked by content\n' });
    t.same(await path.post('nothing'), { status: 200, text: 'got nothing' });
  });

  t.test(`reject answers handshakes with 403 and lets requests pass, ${scheme}`, async (t) => {
    await using path = await place({ mode: 'reject' }, secure);
    for (let round = 0; round < 5; round++) t.equal((await path.open()).opened, '403');
    t.same(await path.post('body'), { status: 200, text: 'got body' });
  });
}

t.test('pass-through shows the origin as it is', async (t) => {
  await using path = await place({ mode: 'pass-through', block: 'secret' }, true);
  const { client, opened, issuer, until } = await path.open();
  t.equal(opened, '101');
  t.equal(issuer, LAB_CA);
  client.send('a secret word');
  t.same(await until(1), ['a secret word'], 'what it cannot read it cannot block');
  client.terminate();
});

t.test('pass-through still reads what is not encrypted', async (t) => {
  await using path = await place({ mode: 'pass-through', block: 'secret' }, false);
  const { client, closed } = await path.open();
  client.send('a secret word');
  t.equal(await closed, 1008);
  t.same(path.origin.messages, []);
});

t.test('an upstream with a bad certificate is not connected to', async (t) => {
  for (const kind of ['expired', 'untrusted', 'wrong-name', 'self-signed'] as const) {
    await using path = await place({}, true, { kind });
    t.not((await path.open()).opened, '101', kind);
  }
});

t.test('it goes through a parent proxy', async (t) => {
  const seen: string[] = [];
  const parent = http.createServer().on('connect', (request, socket: Socket) => {
    seen.push(request.url!);
    const [host, port] = request.url!.split(':');
    const onward = net.connect(Number(port), host, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
    onward.pipe(socket).pipe(onward);
  });
  parent.listen(0, '127.0.0.1');
  await once(parent, 'listening');
  const address = { host: '127.0.0.1', port: (parent.address() as AddressInfo).port };
  for (const secure of [false, true]) {
    await using path = await place({}, secure, { parent: address });
    const { client, opened, until } = await path.open();
    t.equal(opened, '101');
    client.send('hello');
    t.same(await until(1), ['hello']);
    t.same(seen.splice(0), [`127.0.0.1:${path.site.upstream.port}`]);
    client.terminate();
    await t.rejects(mockttp({ mode: 'pass-through' }).embed!(path.site), {
      message: /^mockttp cannot stand before another forward proxy/,
    });
  }
  parent.closeAllConnections();
  parent.close();
});

t.test('it listens on its own address alone, and says when that is taken', async (t) => {
  await using path = await place({}, false);
  const { port } = path.site.listen;
  const elsewhere = net.createServer().listen(port, '127.0.0.2');
  await once(elsewhere, 'listening');
  elsewhere.close();
  await t.rejects(mockttp().embed!(path.site), { code: 'EADDRINUSE' });
});

t.test('nothing of it is left, nor is anything printed', async (t) => {
  const { write } = process.stderr;
  let printed = '';
  process.stderr.write = (text: string | Uint8Array) => {
    printed += text;
    return true;
  };
  const path = await place({}, true, { kind: 'expired' });
  await path.open();
  await path[Symbol.asyncDispose]();
  console.error('ours');
  process.stderr.write = write;
  t.equal(printed, 'ours\n');
  t.match(await once(net.connect(path.site.listen), 'error'), [{ code: 'ECONNREFUSED' }]);
});

t.test('options that do not go together', async (t) => {
  t.throws(() => mockttp({ mode: 'reject', block: 'x' }), TypeError);
  t.equal(mockttp({ block: /x/ }).title, 'mockttp inspecting TLS, blocking /x/');
  t.equal(mockttp().inspects, true);
  t.equal(mockttp({ mode: 'pass-through' }).inspects, undefined);
});
