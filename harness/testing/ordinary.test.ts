import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { ORDINARY } from './ordinary.js';
import { nothingGrave } from './ordinary-audit.js';
import { needingReal, startedReal } from './real-server.js';

/** All checks, at each of them. */
t.setTimeout(290_000);

for (const [name, server] of Object.entries(ORDINARY).filter(([, { via }]) => via.length === 0)) {
  t.test(`nothing grave is found wrongly at ${name}`, { ...needingReal(), timeout: 120_000 }, (t) =>
    nothingGrave(t, name, server),
  );
}

t.test(
  'websocket answers an unmasked frame, and takes one that reads as a request',
  needingReal(),
  async (t) => {
    await using server = await startedReal({ script: 'websocket', package: 'websocket' });
    const { host, port } = server.address;
    for (const payload of ['hi', 'GET /x HTTP/1.1\r\nHost: x\r\n\r\n']) {
      const socket = connect(port, host);
      socket.write(
        `GET / HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
      const [head] = (await once(socket, 'data')) as [Buffer];
      t.match(head.toString(), /^HTTP\/1\.1 101 /);
      const frame = Buffer.concat([Buffer.from([0x81, payload.length]), Buffer.from(payload)]);
      socket.write(frame);
      const [echo] = (await once(socket, 'data')) as [Buffer];
      t.same(echo, frame);
      socket.destroy();
    }
  },
);
