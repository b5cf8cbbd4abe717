import { type AddressInfo, createServer } from 'node:net';
import t from 'tap';
import { place } from '../../proxies/testing/place.js';
import type { Sighting } from '../model.js';
import { acceptValue, frame, parseRequest, splitHead, valueOf } from '../protocol/index.js';
import { dial } from './dial.js';

t.test('the client takes an RST that comes together with octets for one', async (t) => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (octets: Buffer) => {
      const key = valueOf(parseRequest(splitHead(octets)!.head), 'Sec-WebSocket-Key')!;
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptValue(key)}\r\n\r\n`,
      );
      setTimeout(() => {
        socket.write(frame({ opcode: 'text', payload: 'last words' }));
        socket.resetAndDestroy();
      }, 30);
    });
  }).listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  for (let time = 1; time <= 5; time++) {
    await using made = await dial({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` });
    t.equal((await made.peer!.farewell(2000))?.how, 'rst', `time ${time}`);
    t.match(Buffer.from(made.peer!.received()).toString('latin1'), 'last words', 'and has the octets');
  }
});

t.test('so does the origin', async (t) => {
  const { route, sightings } = await place(t, []);
  for (let time = 1; time <= 5; time++) {
    await using made = await dial(route);
    const seen = (await sightings!.of(made.token, 1000)) as Sighting;
    made.peer!.send(frame({ opcode: 'text', payload: 'last words', mask: true }));
    made.peer!.reset();
    t.equal((await seen.ended).how, 'rst', `time ${time}`);
    t.match(seen.frames, [{ payload: Buffer.from('last words') }]);
  }
});
