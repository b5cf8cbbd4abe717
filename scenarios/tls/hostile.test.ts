import fc from 'fast-check';
import t from 'tap';
import type { Peer } from '../../harness/model.js';
import { clientHello } from './client-hello.js';
import { announces, openByConnect } from './http2.js';
import { readFlight } from './server-flight.js';
import { nameOf, numbersOf, ORDINARY } from './suites.js';
import { offerOf, serverHello } from './testing/feigned.js';
import { readTicket } from './ticket.js';

t.test('a ClientHello says what it is to say', async (t) => {
  const hello = clientHello({ name: 'feed.example', suites: [0x000a, 0xc02f], compression: [1, 0] });
  t.same(offerOf(hello), { version: 0x0303, suites: [0x000a, 0xc02f], compression: [1, 0] });
  t.ok(hello.includes('feed.example'));
  t.equal(hello.readUInt16BE(3), hello.length - 5);
  const old = clientHello({ version: 0x0300, suites: numbersOf(ORDINARY), name: 'feed.example' });
  t.notOk(old.includes('feed.example'), 'SSL 3.0 has no extensions');
});

t.test('an answer is read from any pieces of it', async (t) => {
  const whole = Buffer.concat([
    Buffer.from([21, 3, 3, 0, 2, 1, 112]),
    serverHello({ suite: 0x000a, compression: 1, extensions: [0xff01, 23] }),
  ]);
  for (let length = 0; length < whole.length; length++) {
    const flight = readFlight(whole.subarray(0, length));
    t.notOk(flight.foreign || flight.hello || flight.alert, `${length} octets`);
  }
  t.match(readFlight(whole), { hello: { suite: 0x000a, compression: 1, extensions: [0xff01, 23] } });
  t.equal(readFlight(Buffer.from([21, 3, 3, 0, 2, 2, 40])).alert, 'handshake failure');
  t.equal(readFlight(Buffer.from('HTTP/1.1 400 Bad Request')).foreign, true);
  t.equal(nameOf(0x000a), 'TLS_RSA_WITH_3DES_EDE_CBC_SHA');
});

t.test('a prime is measured without its zeros', async (t) => {
  const exchange = (prime: Buffer) => {
    const body = Buffer.concat([Buffer.from([prime.length >> 8, prime.length & 255]), prime]);
    const message = Buffer.concat([Buffer.from([12, 0, body.length >> 8, body.length & 255]), body]);
    return Buffer.concat([Buffer.from([22, 3, 3, message.length >> 8, message.length & 255]), message]);
  };
  t.equal(readFlight(exchange(Buffer.alloc(128, 255))).dhBits, 1024);
  t.equal(readFlight(exchange(Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(127)]))).dhBits, 1017);
});

/** What a server sent, all of it at once. */
const having = (bytes: Uint8Array) =>
  ({ received: () => bytes, octets: async () => bytes, send() {}, open: false }) as unknown as Peer;

t.test('nothing that a server sends upsets the reading', async (t) => {
  const octets = fc.uint8Array({ maxLength: 300 });
  const like = (head: number[]) => octets.map((rest) => Uint8Array.from([...head, ...rest]));
  const answers = fc.oneof(
    octets,
    like([22, 3, 3, 0, 200, 2, 0, 0, 60]),
    like([22, 3, 3, 0, 90, 12, 0, 0, 60]),
  );
  fc.assert(fc.property(answers, (bytes) => void readFlight(bytes)));
  fc.assert(fc.property(fc.oneof(octets, like([0x30, 0x82, 1, 0])), (bytes) => void readTicket(bytes)));
  const frames = fc.oneof(octets, like([0, 0, 18, 4, 0, 0, 0, 0, 0]), like([0, 0, 4, 1, 4, 0, 0, 0, 1]));
  await fc.assert(
    fc.asyncProperty(frames, async (bytes) => {
      await announces(having(bytes), 10);
      await openByConnect(having(bytes), [[':method', 'CONNECT']], 10);
    }),
  );
  t.pass('all was read');
});
