import { createInflateRaw } from 'node:zlib';
import fc from 'fast-check';
import t from 'tap';
import { holds } from '../testing/holds.js';
import { Deflater, Inflater } from './deflate.js';
import { ProtocolFault } from './fault.js';

const octets = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const inflate = (hex: string, inflater = new Inflater(), max = 1000) =>
  Buffer.from(inflater.inflate(octets(hex), max)).toString();

t.test('the examples of RFC 7692 §7.2.3', async (t) => {
  t.equal(inflate('f2 48 cd c9 c9 07 00'), 'Hello', '§7.2.3.1 one block');
  const shared = new Inflater();
  t.equal(inflate('f2 48 cd c9 c9 07 00', shared), 'Hello');
  t.equal(inflate('f2 00 11 00 00', shared), 'Hello', '§7.2.3.2 the window shared with the message before');
  t.equal(inflate('00 05 00 fa ff 48 65 6c 6c 6f 00'), 'Hello', '§7.2.3.3 a block without compression');
  t.equal(inflate('f3 48 cd c9 c9 07 00 00'), 'Hello', '§7.2.3.4 BFINAL set');
  t.equal(inflate('f2 48 05 00 00 00 ff ff ca c9 c9 07 00'), 'Hello', '§7.2.3.5 two blocks');
  t.equal(inflate('00'), '', '§7.2.3.6 nothing');
});

t.test('compresses as they do', async (t) => {
  const deflater = new Deflater();
  const deflate = (text: string) => Buffer.from(deflater.deflate(Buffer.from(text))).toString('hex');
  t.equal(deflate('Hello'), 'f248cdc9c90700');
  t.equal(deflate('Hello'), 'f200110000');
  t.equal(deflate(''), '00');
  const alone = new Deflater({ takeover: false });
  for (let i = 0; i < 2; i++) {
    t.equal(Buffer.from(alone.deflate(Buffer.from('Hello'))).toString('hex'), 'f248cdc9c90700');
  }
});

t.test('without takeover nothing before is remembered', async (t) => {
  const inflater = new Inflater({ takeover: false });
  t.equal(inflate('f2 48 cd c9 c9 07 00', inflater), 'Hello');
  t.throws(() => inflate('f2 00 11 00 00', inflater), { code: 1007 });
});

t.test('what is not deflate is 1007', async (t) => {
  t.throws(() => inflate('ff ff ff'), { code: 1007, name: 'ProtocolFault' });
  t.throws(() => inflate('f2 48 cd c9'), { code: 1007 }, 'cut inside a block');
  t.throws(() => inflate(''), { code: 1007 }, 'no block at all');
  t.throws(() => inflate('f3 48 cd c9 c9 07 00'), { code: 1007 }, 'a last block without the octet after it');
  t.throws(() => inflate('f2 48 cd c9 c9 07 00 ff ff'), { code: 1007 }, 'junk after it');
  t.throws(() => inflate('f2 00 11 00 00'), { code: 1007 }, 'a reference to what was never sent');
});

t.test('no more is made than was asked for', async (t) => {
  const zeros = Buffer.from(new Deflater().deflate(Buffer.alloc(50_000_000))).toString('hex');
  t.throws(() => inflate(zeros, new Inflater(), 100_000), { code: 1009, name: 'ProtocolFault' });
  t.throws(() => inflate('f2 48 cd c9 c9 07 00', new Inflater(), 4), { code: 1009 });
  t.equal(inflate('f2 48 cd c9 c9 07 00', new Inflater(), 5), 'Hello');
  t.throws(() => inflate('f2 48 cd c9 c9 07 00', new Inflater(), 0), { code: 1009 });
  t.equal(inflate('00', new Inflater(), 0), '');
  const twice = 'f3 48 cd c9 c9 07 00 f3 48 cd c9 c9 07 00 00';
  t.equal(inflate(twice, new Inflater(), 10), 'HelloHello', 'last blocks add up');
  t.throws(() => inflate(twice, new Inflater(), 9), { code: 1009 });
  t.throws(() => inflate(`${'0300'.repeat(10_000)}00`), { code: 1009 }, 'last blocks without end');
});

t.test('the window goes on over a last block', async (t) => {
  const inflater = new Inflater();
  t.equal(inflate('f3 48 cd c9 c9 07 00 00', inflater), 'Hello');
  t.equal(inflate('f2 00 11 00 00', inflater), 'Hello');
});

/** Undoes messages with a window of just that size: it gives out a little at a time, so it must look back for the rest. */
async function throughSmallWindow(messages: readonly Uint8Array[], windowBits: number): Promise<Buffer> {
  const engine = createInflateRaw({ windowBits, chunkSize: 64 });
  const out: Buffer[] = [];
  engine.on('data', (data: Buffer) => out.push(data));
  for (const message of messages) engine.write(Buffer.concat([message, octets('0000ffff')]));
  engine.end(octets('0300'));
  await new Promise((resolve, reject) => engine.on('end', resolve).on('error', reject));
  return Buffer.concat(out);
}

t.test('never refers further back than the window that was agreed on', async (t) => {
  const block = Buffer.from(
    Array.from({ length: 1000 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 0xff),
  );
  for (let bits = 8; bits <= 15; bits++) {
    for (const period of [200, 250, 256, 257, 300, 520, 1000]) {
      const deflater = new Deflater({ bits });
      const messages = Array.from({ length: 8 }, () =>
        Buffer.concat([block.subarray(0, period), block.subarray(0, period)]),
      );
      const payloads = messages.map((message) => deflater.deflate(message));
      const back = await throughSmallWindow(payloads, bits);
      t.ok(back.equals(Buffer.concat(messages)), `${bits} bits, period ${period}`);
      const inflater = new Inflater({ bits });
      t.ok(payloads.every((payload, i) => messages[i]!.equals(inflater.inflate(payload, 10_000))));
    }
  }
});

t.test('that test would notice', async (t) => {
  const deflater = new Deflater({ bits: 10 });
  const message = Buffer.from(
    Array.from({ length: 300 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 0xff),
  );
  const payloads = [deflater.deflate(message), deflater.deflate(message)];
  await t.rejects(throughSmallWindow(payloads, 8), { code: 'Z_DATA_ERROR' });
});

t.test('inflate(deflate(x)) = x, message after message', async (t) => {
  const message = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ maxLength: 50 }).map((text) => Buffer.from(text.repeat(40))),
    fc.nat(80_000).map((size) => Buffer.alloc(size, 'window ')),
  );
  const options = fc.record({ bits: fc.integer({ min: 8, max: 15 }), takeover: fc.boolean() });
  holds(
    t,
    fc.property(fc.array(message, { maxLength: 6 }), options, (messages, terms) => {
      const deflater = new Deflater(terms);
      const inflater = new Inflater(terms);
      return messages.every((each) =>
        Buffer.from(each).equals(inflater.inflate(deflater.deflate(each), 100_000)),
      );
    }),
    { numRuns: 60 },
  );
});

t.test('no octets make it throw anything but its fault', async (t) => {
  holds(
    t,
    fc.property(fc.uint8Array({ maxLength: 60 }), (payload) => {
      try {
        return new Inflater().inflate(payload, 500).length <= 500;
      } catch (error) {
        return error instanceof ProtocolFault;
      }
    }),
    { numRuns: 1000 },
  );
});

t.test('refuses windows that there are not', async (t) => {
  for (const bits of [7, 16, 9.5]) {
    t.throws(() => new Deflater({ bits }), RangeError);
    t.throws(() => new Inflater({ bits }), RangeError);
  }
});
