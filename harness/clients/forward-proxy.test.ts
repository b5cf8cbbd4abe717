import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect as connectTcp, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { squid } from '../../proxies/squid/index.js';
import { place } from '../../proxies/testing/place.js';
import { createAuthority } from '../certificates.js';
import type { Intermediary } from '../model.js';
import { farEnd } from '../origins/far-end.js';
import { needingBinaries } from '../testing/needing.js';
import { socksServer } from '../testing/socks-server.js';
import { dial } from './dial.js';
import { ask } from './http.js';
import { wsClient } from './ws.js';

const authority = await createAuthority();
const BASIC = `Basic ${Buffer.from('us er:p@ss:w%rd').toString('base64')}`;
const LOGIN = 'us%20er:p%40ss%3Aw%25rd@';

/** A forward proxy that wants a login, and what it was asked. */
async function proxy(t: Test, server: Server): Promise<{ port: number; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => open.add(socket.on('error', () => {})));
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    seen.push(request);
    if (request.headers['proxy-authorization'] !== BASIC)
      return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    const [, port] = request.url!.split(':');
    const onward = connectTcp(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    open.add(onward.on('error', () => {}));
    return undefined;
  });
  server.on('request', (request, response) => {
    seen.push(request);
    response.writeHead(204).end();
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
    seen.push(request);
    socket.end('HTTP/1.1 204 No Content\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return { port: (server.address() as AddressInfo).port, seen };
}

t.test('an HTTP proxy is told the credentials, and the origin is not', async (t) => {
  await using far = await farEnd(authority);
  await using secure = await farEnd(authority, { certificate: 'good' });
  const { port, seen } = await proxy(t, createServer());
  for (const one of [far, secure]) {
    const route = { ...one.route, proxy: `http://${LOGIN}127.0.0.1:${port}` };
    const told: string[] = [];
    await using made = await dial(
      route,
      {},
      { record: (_, text, bytes) => told.push(text + Buffer.from(bytes ?? []).toString()) },
    );
    t.ok(made.conforms, made.failure ?? 'accepted');
    t.ok(await made.peer!.echo());
    t.equal(seen.at(-1)?.headers['proxy-authorization'], BASIC);
    t.notMatch(one.sightings[0]?.head, /proxy-authorization/i);
    t.notMatch(told.join('\n'), BASIC, 'nor does the evidence show them');
  }
  const byGet = { ...far.route, method: 'GET' as const, proxy: `http://${LOGIN}127.0.0.1:${port}` };
  await using get = await dial(byGet);
  t.equal(get.answer?.status, 204);
  t.equal(seen.at(-1)?.headers['proxy-authorization'], BASIC);
  t.match(seen.at(-1)?.url, /^http:\/\/127\.0\.0\.1:\d+\/echo/);
  t.equal((await ask(byGet, '/')).status, 204);
  t.equal(seen.at(-1)?.headers['proxy-authorization'], BASIC);
  await using session = await wsClient().open({ ...byGet, method: 'CONNECT' }, { path: '/echo' });
  t.ok(session.opened);
});

t.test('a proxy that refuses says why', async (t) => {
  const { port } = await proxy(t, createServer());
  const ask = async (login: string) => {
    await using made = await dial({ url: 'ws://127.0.0.1:9', proxy: `http://${login}127.0.0.1:${port}` });
    return made;
  };
  t.match(await ask(''), { proxyStatus: 407, failure: /to CONNECT 127\.0\.0\.1:9: it wants credentials$/ });
  t.match(await ask('a:b@'), { proxyStatus: 407, failure: /: it does not take the credentials$/ });
  await using nobody = await dial({ url: 'ws://127.0.0.1:9', proxy: 'http://127.0.0.1:1' });
  t.equal(nobody.failure, 'the proxy: nothing listens at 127.0.0.1:1 (ECONNREFUSED)');
  await using odd = await dial({ url: 'ws://127.0.0.1:9', proxy: 'ftp://127.0.0.1:1' });
  t.equal(odd.failure, 'a proxy is http://, https:// or socks5://, and not ftp://');
});

t.test('a proxy that is reached by TLS is verified', async (t) => {
  await using far = await farEnd(authority);
  await using secure = await farEnd(authority, { certificate: 'good' });
  const { port } = await proxy(t, createTlsServer(authority.leaf(['127.0.0.1'])) as unknown as Server);
  const address = `https://${LOGIN}127.0.0.1:${port}`;
  for (const one of [far, secure]) {
    await using made = await dial({ ...one.route, ca: authority.ca, proxy: address });
    t.ok(made.conforms, made.failure ?? 'accepted');
    t.ok(await made.peer!.echo());
  }
  await using stranger = await dial({ url: far.route.url, proxy: address });
  t.match(stranger.failure, /^the CA that signed the certificate is not trusted/);
  await using lax = await dial({ url: far.route.url, proxy: address, insecure: true });
  t.ok(lax.conforms, lax.failure ?? 'accepted');
});

t.test('a SOCKS5 proxy looks the name up, and is told the credentials', async (t) => {
  await using far = await farEnd(authority);
  await using secure = await farEnd(authority, { certificate: 'good', name: 'only.proxy.knows' });
  const login = { user: 'us er', password: 'p@ss:w%rd' };
  await using socks = await socksServer({ ...login, hosts: { 'only.proxy.knows': '127.0.0.1' } });
  for (const one of [far, secure]) {
    const url = one.route.url.replace('127.0.0.1', 'only.proxy.knows');
    await using made = await dial({
      ca: authority.ca,
      url,
      proxy: `socks5://${LOGIN}127.0.0.1:${socks.port}`,
    });
    t.ok(made.conforms, made.failure ?? 'accepted');
    t.ok(await made.peer!.echo());
    t.equal(socks.asked.at(-1), new URL(url).host);
    t.match(one.sightings[0]?.head, /Host: only\.proxy\.knows:\d+/);
  }
  const failing = async (proxy: string, host = 'nobody.knows') => {
    await using made = await dial({ url: `ws://${host}:9`, proxy }, { answerMs: 300 });
    return `${made.handshake}: ${made.failure}`;
  };
  const at = `127.0.0.1:${socks.port}`;
  t.equal(
    await failing(`socks5://${LOGIN}${at}`),
    'refused: the SOCKS proxy made no connection: the host cannot be reached',
  );
  t.equal(await failing(`socks5://a:b@${at}`), 'refused: the SOCKS proxy does not take the credentials');
  t.equal(await failing(`socks5://${at}`), 'refused: the SOCKS proxy wants credentials');
  t.equal(
    await failing(`socks5://${LOGIN}${at}`, 'only.proxy.knows'),
    'refused: the SOCKS proxy made no connection: nothing listens there',
  );
  await using mute = await socksServer({ hosts: {}, mute: true });
  t.equal(
    await failing(`socks5://127.0.0.1:${mute.port}`),
    'no-answer: no answer from the SOCKS proxy within 300 ms',
  );
});

const NCSA = '/usr/lib/squid/basic_ncsa_auth';
const needs = await needingBinaries('squid', 'openssl', NCSA);

t.test('Squid with basic authentication', needs, async (t) => {
  const hash = execFileSync('openssl', ['passwd', '-apr1', 'p@ss:w%rd']).toString();
  for (const method of ['CONNECT', 'GET'] as const) {
    const plain = squid({ connect: 'any', upgrade: true, method });
    const strict: Intermediary = {
      ...plain,
      files(site) {
        const { 'squid.conf': conf = '' } = plain.files!(site);
        const auth = [
          `auth_param basic program ${NCSA} ${site.dir}/passwd`,
          'auth_param basic children 1',
          'acl known proxy_auth REQUIRED',
          'http_access deny !known',
        ];
        return { 'squid.conf': `${auth.join('\n')}\n${conf}`, passwd: `us er:${hash}` };
      },
    };
    const { route, sightings } = await place(t, [strict]);
    await using refused = await dial(route);
    t.match(refused, method === 'GET' ? { answer: { status: 407 } } : { proxyStatus: 407 });
    await using made = await dial({ ...route, proxy: route.proxy!.replace('//', `//${LOGIN}`) });
    t.ok(made.conforms, made.failure ?? 'accepted');
    const head = (await sightings!.of(made.token, 1000))?.head;
    t.match(head, /upgrade: websocket/i);
    t.notMatch(head, /proxy-authorization/i);
  }
});
