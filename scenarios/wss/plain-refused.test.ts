import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { acceptValue } from '../../harness/protocol/index.js';
import { tryAt } from '../../harness/testing/controls.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { forwarding, passing } from '../../proxies/plain/index.js';
import { emptyAnswer } from '../../proxies/plain/serve.js';
import { sniffing } from '../testing/hops.js';
import check from './plain-refused.check.js';

t.test('passes where a handshake in clear is not taken', async (t) => {
  const origin = echo({ tls: true });
  t.match(await tryCheck(check, { origin }), { outcome: 'pass' });
  t.match(await tryCheck(check, { origin, via: [forwarding()] }), { outcome: 'pass' });
  t.match(await tryCheck(check, { origin: echo(), via: [passing({ tls: true })] }), { outcome: 'pass' });
});

t.test('catches an origin that takes both', async (t) => {
  const origin = careless(['clear-too'], { tls: true });
  const { outcome, actualText, blame } = await tryCheck(check, { origin });
  t.equal(outcome, 'fail');
  t.equal(actualText, '101 in clear');
  t.equal(blame, 'origin');
  t.equal((await tryCheck(check, { origin, via: [forwarding()] })).outcome, 'fail');
});

t.test('a refusal says so, and comes', async (t) => {
  const inClear = (does: Parameters<typeof sniffing>[1]) => {
    const via = [sniffing((first) => first.toString('latin1').startsWith('GET '), does)];
    return tryCheck(check, { origin: echo({ tls: true }), via, patience: { answerMs: 500 } });
  };
  t.match(await inClear((client) => client.end(emptyAnswer(400))), {
    outcome: 'pass',
    measured: { status: 400 },
  });
  t.match(await inClear((client) => client.end()), { outcome: 'pass', message: 'the connection was closed' });
  t.match(await inClear((client) => client.end(emptyAnswer(301))), {
    outcome: 'warn',
    measured: { status: 301 },
  });
  t.match(await inClear(() => {}), { outcome: 'warn', measured: { handshake: 'no-answer' } });
});

/** Elsewhere the loopback network has one address. */
const linux = process.platform === 'linux' ? {} : { skip: 'it takes a second loopback address' };

/** A wss server that is named by port 8443, and what answers at port 8080 beside it. */
const beside = async (t: Test, answer: ((socket: Socket) => void) | undefined) => {
  const host = '127.0.0.43';
  const server = createServer((socket) => answer?.(socket.on('error', () => {})));
  if (answer) {
    server.listen(8080, host);
    await once(server, 'listening');
    t.teardown(() => server.close());
  }
  const front = createServer((socket) => {
    const behind = connect(target!, () => socket.pipe(behind).pipe(socket));
    behind.on('error', () => socket.destroy());
    socket.on('error', () => behind.destroy());
  });
  let target: { host: string; port: number } | undefined;
  front.listen(8443, host);
  await once(front, 'listening');
  t.teardown(() => front.close());
  return tryAt(check, {
    origin: echo({ tls: true }),
    named: (endpoint) => {
      const { hostname, port } = new URL(endpoint.url);
      target = { host: hostname, port: Number(port) };
      return { ...endpoint, url: `wss://${host}:8443` };
    },
  });
};

t.test('the port for HTTP beside it counts, too', linux, async (t) => {
  const accepts = (socket: Socket) =>
    socket.once('data', (head: Buffer) => {
      const key = /Sec-WebSocket-Key: (.*)\r\n/.exec(head.toString())![1]!;
      const fields = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptValue(key)}`;
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${fields}\r\n\r\n`);
    });
  const redirects = (to: string) => (socket: Socket) =>
    socket.once('data', () =>
      socket.end(`HTTP/1.1 301 Moved\r\nLocation: ${to}\r\nContent-Length: 0\r\n\r\n`),
    );
  await t.test('101', async (t) => {
    t.match(await beside(t, accepts), { outcome: 'fail', actualText: '101 in clear at port 8080' });
  });
  await t.test('a redirect to https', async (t) => {
    const { outcome, message } = await beside(t, redirects('https://feed.example/'));
    t.equal(outcome, 'pass');
    t.match(message, /; at port 8080: 301 to https:\/\/feed\.example\/$/);
  });
  await t.test('a redirect to ws', async (t) => {
    t.match(await beside(t, redirects('ws://feed.example/')), {
      outcome: 'warn',
      message: /^301 to a handshake/,
    });
  });
  await t.test('nothing', async (t) => {
    const { outcome, message } = await beside(t, undefined);
    t.equal(outcome, 'pass');
    t.match(message, /; at port 8080: no connection is had$/);
  });
});

t.test('is skipped where wss is not had either, and in clear', async (t) => {
  t.equal((await tryCheck(check, { origin: echo({ certificate: 'expired' }) })).outcome, 'skip');
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'skip');
});
