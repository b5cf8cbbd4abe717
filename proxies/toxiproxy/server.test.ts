import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import t from 'tap';
import { startToxiproxy } from './server.js';
import { portOf, rig } from './testing.js';

t.test('version', async (t) => {
  await using path = await rig();
  const { status, body, headers } = await path.ask('GET', '/version');
  t.equal(status, 200);
  t.equal(body, '{"version": "2.12.0"}\n');
  t.equal(headers.get('content-type'), 'application/json;charset=utf-8');
  t.match(headers.get('x-toxiproxy-request-id'), /^[0-9a-v]{20}$/);
});

t.test('what the router answers by itself', async (t) => {
  await using path = await rig();
  const lost = await path.ask('GET', '/nothing');
  t.equal(lost.status, 404);
  t.equal(lost.body, '404 page not found\n');
  t.equal(lost.headers.get('content-type'), 'text/plain; charset=utf-8');
  t.equal(lost.headers.get('x-toxiproxy-request-id'), null);
  for (const [method, to, status] of [
    ['GET', '/proxies/', 404],
    ['GET', '/metrics', 404],
    ['GET', '/proxies/a/toxics/b/c', 404],
    ['PUT', '/proxies', 405],
    ['HEAD', '/proxies', 405],
    ['GET', '/reset', 405],
    ['PATCH', '/proxies/rig/toxics', 405],
  ] as const) {
    const { status: got, body } = await path.ask(method, to);
    t.equal(got, status, `${method} ${to}`);
    if (status === 405) t.equal(body, '');
  }
  const moved = await path.ask('GET', '//proxies');
  t.equal(moved.status, 301);
  t.equal(moved.headers.get('location'), '/proxies');
});

t.test('browsers are sent away', async (t) => {
  await using path = await rig();
  const answer = await new Promise<http.IncomingMessage>((resolve) => {
    http.get(`${path.url}/version`, { headers: { 'User-Agent': 'Mozilla/5.0' }, agent: false }, resolve);
  });
  t.equal(answer.statusCode, 403);
  let body = '';
  for await (const part of answer) body += part;
  t.equal(body, 'User agent not allowed\n');
  t.match(answer.headers['x-toxiproxy-request-id'], /^[0-9a-v]{20}$/);
});

t.test('a body beyond bounds is refused', async (t) => {
  await using path = await rig();
  const answer = await path.ask('POST', '/proxies', `"${'x'.repeat(5_000_000)}"`);
  t.equal(answer.status, 400);
  t.match(answer.body, 'more than 4194304 bytes');
});

t.test('stopping it leaves no listener and no connection', async (t) => {
  const path = await rig();
  const { client, server } = await path.open();
  const api = new URL(path.url);
  await path[Symbol.asyncDispose]();
  t.ok(client.socket.destroyed && server.socket.destroyed);
  for (const port of [Number(api.port), portOf(path.proxy.listen)])
    t.match(await once(net.connect(port, '127.0.0.1'), 'error'), [{ code: 'ECONNREFUSED' }]);
});

t.test('a taken API address is an error', async (t) => {
  const taken = net.createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await t.rejects(startToxiproxy({ host: '127.0.0.1', port }), { code: 'EADDRINUSE' });
  taken.close();
});
