import t from 'tap';
import { type FrameSpec, frame, OPCODE, opcodeName } from './frames.js';

const hex = (spec: FrameSpec) => Buffer.from(frame(spec)).toString('hex');
const KEY = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

t.test('the examples of RFC 6455 §5.7', async (t) => {
  t.equal(hex({ opcode: 'text', payload: 'Hello' }), '810548656c6c6f');
  t.equal(hex({ opcode: 'text', payload: 'Hello', mask: KEY }), '818537fa213d7f9f4d5158');
  t.equal(hex({ opcode: 'text', payload: 'Hel', fin: false }), '010348656c');
  t.equal(hex({ opcode: 'continuation', payload: 'lo' }), '80026c6f');
  t.equal(hex({ opcode: 'ping', payload: 'Hello' }), '890548656c6c6f');
  t.equal(hex({ opcode: 'pong', payload: 'Hello', mask: KEY }), '8a8537fa213d7f9f4d5158');
  t.equal(hex({ opcode: 'binary', payload: new Uint8Array(256) }).slice(0, 8), '827e0100');
  t.equal(hex({ opcode: 'binary', payload: new Uint8Array(65536) }).slice(0, 20), '827f0000000000010000');
});

t.test('the shortest form of length that fits', async (t) => {
  const header = (size: number) =>
    hex({ opcode: 2, payload: new Uint8Array(size) }).slice(0, -2 * size || undefined);
  t.equal(header(0), '8200');
  t.equal(header(125), '827d');
  t.equal(header(126), '827e007e');
  t.equal(header(65535), '827effff');
  t.equal(header(65536), '827f0000000000010000');
});

t.test('what no honest sender builds', async (t) => {
  t.equal(hex({ opcode: 3, rsv: 7, fin: false }), '7300', 'reserved opcode and bits');
  t.equal(hex({ opcode: 'ping', fin: false, payload: 'a' }), '090161', 'fragmented control frame');
  t.equal(hex({ opcode: 1, payload: 'a', length: 16 }), '817e000161', 'length not in its shortest form');
  t.equal(hex({ opcode: 1, payload: 'a', length: 64 }), '817f000000000000000161');
  t.equal(hex({ opcode: 1, payload: 'a', declared: 5 }), '810561', 'length that is a lie');
  t.equal(hex({ opcode: 1, payload: 'abc', declared: 1 }), '8101616263');
  t.equal(hex({ opcode: 1, declared: 126, length: 7 }), '817e', 'length marker without its octets');
  t.equal(hex({ opcode: 2, declared: 2n ** 63n }), '827f8000000000000000', 'top bit of a 64-bit length');
  t.equal(hex({ opcode: 2, declared: 2n ** 64n - 1n }), '827fffffffffffffffff');
  t.equal(hex({ opcode: 2, declared: 2 ** 53 - 1 }), '827f001fffffffffffff');
  t.equal(hex({ opcode: 1, payload: 'Hello', keep: 4 }), '81054865', 'cut short');
  t.equal(
    hex({ opcode: 1, payload: 'Hello', mask: new Uint8Array(4) }),
    '81850000000048656c6c6f',
    'a key of zeros',
  );
  t.equal(hex({ opcode: 1, payload: Buffer.from('eda080', 'hex') }), '8103eda080', 'text that is not UTF-8');
});

t.test('a fresh key each time when asked for one', async (t) => {
  const keys = new Set<string>();
  for (let i = 0; i < 3000; i++) {
    const bytes = Buffer.from(frame({ opcode: 'binary', payload: new Uint8Array(8), mask: true }));
    const key = bytes.subarray(2, 6);
    if (!bytes.equals(Buffer.concat([Uint8Array.of(0x82, 0x88), key, key, key])))
      t.fail(bytes.toString('hex'));
    keys.add(key.toString('hex'));
  }
  t.ok(keys.size > 2990, 'they hardly ever repeat');
});

t.test('the payload is left as it was', async (t) => {
  const payload = Buffer.alloc(200, 'x');
  frame({ opcode: 'binary', payload, mask: true });
  t.ok(payload.equals(Buffer.alloc(200, 'x')));
});

t.test('refuses only what does not fit into octets', async (t) => {
  const refused: unknown[] = [
    { opcode: 16 },
    { opcode: -1 },
    { opcode: 1.5 },
    { opcode: 'txt' },
    { opcode: 'toString' },
    { opcode: 1, rsv: 8 },
    { opcode: 1, rsv: 0.5 },
    { opcode: 1, mask: new Uint8Array(3) },
    { opcode: 1, declared: 128, length: 7 },
    { opcode: 1, payload: new Uint8Array(65536), length: 16 },
    { opcode: 1, declared: 2n ** 64n },
    { opcode: 1, declared: -1 },
    { opcode: 1, declared: 1.5 },
  ];
  for (const spec of refused) t.throws(() => frame(spec as FrameSpec), RangeError);
});

t.test('names of opcodes', async (t) => {
  for (const [name, code] of Object.entries(OPCODE)) t.equal(opcodeName(code), name);
  t.equal(opcodeName(3), 'reserved 3');
  t.equal(opcodeName(15), 'reserved 15');
});
