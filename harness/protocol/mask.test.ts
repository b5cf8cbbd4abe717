import fc from 'fast-check';
import t from 'tap';
import { holds } from '../testing/holds.js';
import { xor, xorInto } from './mask.js';

const KEY = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

t.test('RFC 6455 §5.7: "Hello" under 37 fa 21 3d', async (t) => {
  t.equal(Buffer.from(xor(Buffer.from('Hello'), KEY)).toString('hex'), '7f9f4d5158');
  t.equal(Buffer.from(xor(Buffer.from('7f9f4d5158', 'hex'), KEY)).toString(), 'Hello');
  t.equal(Buffer.from(xor(Buffer.from('lo'), KEY, 3)).toString('hex'), '5158');
});

t.test('leaves its input as it was', async (t) => {
  const payload = Buffer.alloc(300, 'x');
  xor(payload, KEY);
  t.ok(payload.equals(Buffer.alloc(300, 'x')));
});

t.test('does what octet by octet would, at every alignment, length and phase', async (t) => {
  const cases = fc.tuple(
    fc.uint8Array({ maxLength: 400 }),
    fc.uint8Array({ minLength: 9, maxLength: 9 }),
    fc.nat(5),
    fc.nat(17),
    fc.nat(9),
    fc.nat(1000),
  );
  holds(
    t,
    fc.property(cases, ([payload, keys, keyAt, at, shift, phase]) => {
      const target = new Uint8Array(new ArrayBuffer(payload.length + 64), shift, payload.length + 40).fill(
        0xee,
      );
      xorInto(target, at, payload, keys, keyAt, phase);
      return target.every((octet, i) => {
        const mine = i - at;
        if (mine < 0 || mine >= payload.length) return octet === 0xee;
        return octet === (payload[mine]! ^ keys[keyAt + ((mine + phase) % 4)]!);
      });
    }),
    { numRuns: 500 },
  );
});
