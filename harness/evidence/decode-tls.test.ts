import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import t from 'tap';
import { decode } from './decode.js';
import { type Step, sideFrom } from './testing/side.js';

t.test('a ClientHello is read, wherever its records cut it', async (t) => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const { port } = server.address() as AddressInfo;
  const client = tls.connect({
    port,
    host: '127.0.0.1',
    servername: 'gauntlet.test',
    ALPNProtocols: ['http/1.1'],
  });
  client.on('error', () => {});
  const [socket] = (await accepted) as [net.Socket];
  const [record] = (await once(socket, 'data')) as [Buffer];
  client.destroy();
  socket.destroy();
  server.close();

  const crossing = decode(sideFrom('s', [[1, 'up', record]]));
  t.equal(crossing.protocol, 'tls');
  t.match(crossing.hello, { sni: 'gauntlet.test', alpn: ['http/1.1'], at: 1 });
  t.equal(crossing.hello!.random, record.subarray(11, 43).toString('hex'));
  t.same(crossing.opaque, { up: 0, down: 0 });

  const body = record.subarray(5);
  const cut = Buffer.concat([
    Buffer.from([22, 3, 1, 0, 50]),
    body.subarray(0, 50),
    Buffer.from([22, 3, 1, (body.length - 50) >> 8, (body.length - 50) & 0xff]),
    body.subarray(50),
  ]);
  t.equal(decode(sideFrom('s', [[1, 'up', cut]])).hello?.sni, 'gauntlet.test');
  for (let length = 3; length < record.length; length++) {
    t.equal(decode(sideFrom('s', [[1, 'up', record.subarray(0, length)]])).hello, undefined);
  }

  const inside: Step[] = [[2, 'up', 'GET / HTTP/1.1\r\n\r\n']];
  const { up, down } = sideFrom('s', inside);
  const open = decode({ ...sideFrom('s', [[1, 'up', record]]), plain: { up, down } });
  t.match(open.inner, { plain: true, protocol: 'http', exchanges: [{ request: { head: { target: '/' } } }] });
});
