import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import t from 'tap';
import { createAuthority } from '../certificates.js';
import type { Program } from '../model.js';
import { untilReady } from './ready.js';
import { sample } from './site.js';

const never = new Promise<never>(() => {});
const calm = { trouble: never, logs: () => '', signal: new AbortController().signal, withinMs: 5000 };

async function listening(t: { teardown(work: () => unknown): void }, server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return { ...sample, listen: { host: '127.0.0.1', port: (server.address() as AddressInfo).port } };
}

t.test('a port that accepts and closes at once is not ready; one that stays open is', async (t) => {
  let accepted = 0;
  const server = createServer((peer) => {
    peer.on('error', () => {});
    if (++accepted < 3) peer.destroy();
  });
  await untilReady({ name: 'it' }, await listening(t, server), calm);
  t.equal(accepted, 3);
});

t.test('any HTTP answer is one, anything else is none', async (t) => {
  const answers = ['220 smtp ready\r\n', 'HTTP/1.1 503 Busy\r\n\r\n'];
  const asked: string[] = [];
  const server = createServer((peer) => {
    peer.on('error', () => {});
    peer.once('data', (octets) => {
      asked.push(octets.toString());
      peer.end(answers.shift() ?? '');
    });
  });
  await untilReady({ name: 'it', ready: { by: 'http', path: '/up' } }, await listening(t, server), calm);
  t.equal(asked.length, 2);
  t.equal(asked[1], 'GET /up HTTP/1.1\r\nHost: gauntlet.test\r\nConnection: close\r\n\r\n');
});

t.test('a program that listens with TLS is asked by TLS, whatever its certificate', async (t) => {
  const authority = await createAuthority();
  const leaf = authority.leaf(['gauntlet.test'], 'expired');
  const server = tls.createServer(leaf, (peer: Socket) => peer.end('HTTP/1.1 200 OK\r\n\r\n'));
  const site = await listening(t, server);
  await t.resolves(untilReady({ name: 'it', tls: true, ready: { by: 'http' } }, site, calm));
});

t.test('trouble, silence and the signal end the wait, each in its own words', async (t) => {
  const silent = createServer((peer) => peer.on('error', () => {}));
  const site = await listening(t, silent);
  const it: Program = { name: 'it', ready: { by: 'http' } };
  const trouble = Promise.resolve('ended with exit code 1');
  const logs = () => 'bad option\n';
  await t.rejects(untilReady(it, site, { ...calm, trouble, logs }), {
    message: 'it ended with exit code 1 before it was ready:\nbad option',
  });
  await t.rejects(untilReady(it, site, { ...calm, withinMs: 100 }), {
    message: `it did not answer at 127.0.0.1:${site.listen.port} within 0.1 s; it said nothing`,
  });
  const signal = AbortSignal.abort(new Error('the run was stopped'));
  await t.rejects(untilReady(it, site, { ...calm, signal }), { message: 'the run was stopped' });
  await t.rejects(untilReady({ ...it, ready: { by: 'tcp', port: 'api' } }, { ...site, ports: {} }, calm), {
    message: 'it is to be asked at "api", which is not among its ports',
  });
});
