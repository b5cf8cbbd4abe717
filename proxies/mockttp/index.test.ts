import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import t from 'tap';
import { INSPECTOR } from './certificate.js';
import { mockttp } from './index.js';
import { place } from './testing.js';

const LAB_CA = 'wsgauntlet lab CA';
// Loading mockttp alone may take seconds on a busy machine.
t.setTimeout(90_000);

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
