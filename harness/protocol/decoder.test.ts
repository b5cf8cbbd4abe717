import fc from 'fast-check';
import t from 'tap';
import { holds } from '../testing/holds.js';
import { type Frame, FrameDecoder } from './decoder.js';
import { ProtocolFault } from './fault.js';
import { frame } from './frames.js';

const octets = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const faultOf = (work: () => unknown): ProtocolFault => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProtocolFault) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

t.test('the examples of RFC 6455 §5.7, in one push', async (t) => {
  const stream = octets(
    '810548656c6c6f 818537fa213d7f9f4d5158 010348656c 80026c6f 8900 8a8537fa213d7f9f4d5158',
  );
  const frames = new FrameDecoder().push(stream);
  const plain = frames.map(({ payload, mask, ...rest }) => ({
    ...rest,
    payload: Buffer.from(payload).toString(),
    mask: mask && Buffer.from(mask).toString('hex'),
  }));
  const common = { rsv: 0, lengthForm: 7 };
  t.strictSame(plain, [
    { ...common, fin: true, opcode: 1, at: 0, size: 7, payload: 'Hello', mask: undefined },
    { ...common, fin: true, opcode: 1, at: 7, size: 11, payload: 'Hello', mask: '37fa213d' },
    { ...common, fin: false, opcode: 1, at: 18, size: 5, payload: 'Hel', mask: undefined },
    { ...common, fin: true, opcode: 0, at: 23, size: 4, payload: 'lo', mask: undefined },
    { ...common, fin: true, opcode: 9, at: 27, size: 2, payload: '', mask: undefined },
    { ...common, fin: true, opcode: 10, at: 29, size: 11, payload: 'Hello', mask: '37fa213d' },
  ]);
});

t.test('takes what has no meaning', async (t) => {
  const [reserved, long] = new FrameDecoder().push(octets('f300 097f0000000000000001ff'));
  t.match(reserved, { fin: true, rsv: 7, opcode: 3 });
  t.match(long, { fin: false, rsv: 0, opcode: 9, lengthForm: 64, size: 11 });
  t.same([...long!.payload], [0xff]);
});

const anySpec = fc.record(
  {
    opcode: fc.nat(15),
    fin: fc.boolean(),
    rsv: fc.nat(7),
    payload: fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ minLength: 120, maxLength: 300 })),
    mask: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
    length: fc.constantFrom(undefined, 16 as const, 64 as const),
  },
  { requiredKeys: ['opcode', 'fin', 'rsv', 'payload'] },
);

const seen = ({ fin, rsv, opcode, mask, payload }: Frame) => ({
  fin,
  rsv,
  opcode,
  mask: mask && [...mask],
  payload: [...payload],
});
const meant = (spec: { fin: boolean; rsv: number; opcode: number; mask?: Uint8Array; payload: Uint8Array }) =>
  seen({ ...spec, at: 0, size: 0, lengthForm: 7 });

t.test('decode(encode(x)) = x at every split of the octets', async (t) => {
  holds(
    t,
    fc.property(fc.array(anySpec, { minLength: 1, maxLength: 3 }), (specs) => {
      const stream = Buffer.concat(specs.map(frame));
      const expected = JSON.stringify(specs.map(meant));
      for (let cut = 0; cut <= stream.length; cut++) {
        const decoder = new FrameDecoder();
        const frames = [...decoder.push(stream.subarray(0, cut)), ...decoder.push(stream.subarray(cut))];
        if (JSON.stringify(frames.map(seen)) !== expected) return false;
        if (decoder.held !== 0 || decoder.position !== stream.length) return false;
      }
      return true;
    }),
    { numRuns: 60 },
  );
});

t.test('octet by octet, positions and what is held add up at every one', async (t) => {
  holds(
    t,
    fc.property(fc.array(anySpec, { minLength: 1, maxLength: 4 }), (specs) => {
      const encoded = specs.map(frame);
      let sum = 0;
      const ends = encoded.map((bytes) => (sum += bytes.length));
      const decoder = new FrameDecoder();
      const frames: Frame[] = [];
      for (const octet of Buffer.concat(encoded)) {
        frames.push(...decoder.push(Uint8Array.of(octet)));
        if (frames.length !== ends.filter((end) => end <= decoder.position).length) return false;
        if (decoder.held !== decoder.position - (ends[frames.length - 1] ?? 0)) return false;
      }
      return frames.every(({ at, size }, i) => at + size === ends[i] && at === (ends[i - 1] ?? 0));
    }),
    { numRuns: 60 },
  );
});

t.test('large payloads that come in many chunks', async (t) => {
  const payload = Buffer.alloc(3_000_000, 'every octet counts ');
  const stream = Buffer.concat([
    frame({ opcode: 2, payload, mask: true }),
    frame({ opcode: 2, payload }),
    frame({ opcode: 9 }),
  ]);
  for (const size of [997, 65536, 1_400_000]) {
    const decoder = new FrameDecoder();
    const frames: Frame[] = [];
    for (let at = 0; at < stream.length; at += size)
      frames.push(...decoder.push(stream.subarray(at, at + size)));
    t.equal(frames.length, 3);
    t.ok(payload.equals(frames[0]!.payload));
    t.ok(payload.equals(frames[1]!.payload));
  }
});

t.test('a length past the bound is refused as soon as the header is whole', async (t) => {
  const decoder = new FrameDecoder({ maxPayload: 1000 });
  t.equal(decoder.push(octets('827e03e8')).length, 0, 'exactly the bound is taken');
  t.equal(decoder.push(Buffer.alloc(1000)).length, 1);
  t.same(decoder.push(octets('827e03')), []);
  const fault = faultOf(() => decoder.push(octets('e9')));
  t.match(fault, { code: 1009, at: 1004, name: 'ProtocolFault' });
  t.match(fault.message, 'at octet 1004 declares 1001 octets');
});

t.test('64-bit lengths are read without loss', async (t) => {
  const fault = (hex: string, maxPayload = 100) =>
    faultOf(() => new FrameDecoder({ maxPayload }).push(octets(hex)));
  t.match(fault('827f 8000000000000000'), { code: 1002, at: 0 }, 'top bit set');
  t.match(fault('827f ffffffffffffffff').message, '18446744073709551615');
  t.match(fault('827f 7fffffffffffffff'), { code: 1009, at: 0 });
  t.match(fault('827f 7fffffffffffffff').message, '9223372036854775807');
  t.match(
    fault('827f 0020000000000001', Number.MAX_SAFE_INTEGER),
    { code: 1009 },
    'one past what a double holds',
  );
  t.match(fault('827f 0000000100000001'), { code: 1009 }, 'the upper half counts');
  t.same(new FrameDecoder({ maxPayload: Number.MAX_SAFE_INTEGER }).push(octets('827f 001fffffffffffff')), []);
});

t.test('frames before a fault are not lost, and nothing comes after it', async (t) => {
  const decoder = new FrameDecoder({ maxPayload: 10 });
  const fault = faultOf(() => decoder.push(octets('8100 890161 820b')));
  t.same(
    fault.frames.map(({ opcode }) => opcode),
    [1, 9],
  );
  t.equal(fault.at, 5);
  const again = faultOf(() => decoder.push(octets('8100')));
  t.match(again, { code: 1009, at: 5, message: fault.message });
  t.same(again.frames, []);
});

t.test('no octets make it throw anything but its fault, or hold more than it was told', async (t) => {
  const maxPayload = 64;
  const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 });
  holds(
    t,
    fc.property(chunks, (all) => {
      const decoder = new FrameDecoder({ maxPayload });
      try {
        for (const chunk of all) {
          for (const { payload } of decoder.push(chunk)) if (payload.length > maxPayload) return false;
          if (decoder.held > maxPayload + 14) return false;
        }
      } catch (error) {
        return error instanceof ProtocolFault && (error.code === 1009 || error.code === 1002);
      }
      return true;
    }),
    { numRuns: 2000 },
  );
});

t.test('a promise of much costs nothing until it is kept', async (t) => {
  const before = process.memoryUsage().rss;
  const header = frame({ opcode: 2, declared: 1024 ** 3 });
  const decoders = Array.from({ length: 50 }, () => {
    const decoder = new FrameDecoder({ maxPayload: 2 * 1024 ** 3 });
    decoder.push(header);
    decoder.push(Uint8Array.of(1));
    return decoder;
  });
  t.equal(decoders[0]!.held, 11);
  t.ok(process.memoryUsage().rss - before < 200 * 1024 ** 2);
});

t.test('refuses a bound that is none', async (t) => {
  for (const maxPayload of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    t.throws(() => new FrameDecoder({ maxPayload }), RangeError);
  }
});
