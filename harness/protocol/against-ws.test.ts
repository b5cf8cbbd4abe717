/** The same octets through ws' Sender and Receiver and through ours, both ways: they must agree. */
import fc from 'fast-check';
import t from 'tap';
import { holds } from '../testing/holds.js';
import { closePayload } from './close.js';
import { FrameDecoder } from './decoder.js';
import { frame } from './frames.js';
import { MAX, pieces, Sender, throughOurs, throughWs } from './testing/ws.js';

const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((value) => Buffer.from(value));
const octets = fc.oneof(
  fc.uint8Array({ maxLength: 140 }),
  fc.nat(70_000).map((size) => Buffer.alloc(size, 'some payload ')),
);
const control = fc.record({
  opcode: fc.constantFrom(9, 10),
  fin: fc.constant(true),
  payload: fc.uint8Array({ maxLength: 125 }),
});

/** One message in one to four frames, with control frames between. */
const message = fc
  .tuple(
    fc.oneof(
      text.map((payload) => ({ opcode: 1, payload })),
      octets.map((payload) => ({ opcode: 2, payload })),
    ),
    fc.array(fc.tuple(fc.nat(200), fc.option(control, { nil: undefined })), { maxLength: 3 }),
  )
  .map(([{ opcode, payload }, cuts]) => {
    const frames: { opcode: number; fin: boolean; payload: Uint8Array }[] = [];
    let from = 0;
    for (const [size, between] of cuts) {
      const to = Math.min(payload.length, from + size);
      frames.push({
        opcode: from === 0 && frames.length === 0 ? opcode : 0,
        fin: false,
        payload: payload.subarray(from, to),
      });
      if (between) frames.push(between);
      from = to;
    }
    frames.push({ opcode: frames.length === 0 ? opcode : 0, fin: true, payload: payload.subarray(from) });
    return frames;
  });
const stream = fc
  .array(
    fc.oneof(
      message,
      control.map((each) => [each]),
    ),
    { maxLength: 5 },
  )
  .map((all) => all.flat());
const sizes = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5000 })), { maxLength: 4 })
  .map((all) => [...all, 3000]);

t.test("ours decodes ws' frames", async (t) => {
  holds(
    t,
    fc.property(stream, fc.boolean(), sizes, (specs, mask, cuts) => {
      const encoded = specs.map(({ opcode, fin, payload }) =>
        Buffer.concat(Sender.frame(Buffer.from(payload), { opcode, fin, mask, readOnly: true, rsv1: false })),
      );
      const decoder = new FrameDecoder();
      const frames = [...pieces(Buffer.concat(encoded), cuts)].flatMap((chunk) => decoder.push(chunk));
      return (
        decoder.held === 0 &&
        frames.length === specs.length &&
        frames.every((each, i) => {
          const spec = specs[i]!;
          const same = each.opcode === spec.opcode && each.fin === spec.fin && each.rsv === 0;
          const payload = Buffer.from(each.payload).equals(spec.payload);
          return same && payload && each.size === encoded[i]!.length && (each.mask !== undefined) === mask;
        })
      );
    }),
    { numRuns: 200 },
  );
});

t.test('ours encodes what ws does, octet by octet', async (t) => {
  holds(
    t,
    fc.property(stream, fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 })), (specs, key) =>
      specs.every((spec) => {
        const theirs = Sender.frame(Buffer.from(spec.payload), {
          opcode: spec.opcode,
          fin: spec.fin,
          mask: key !== null,
          maskBuffer: Buffer.alloc(4),
          generateMask: (into: Buffer) => into.set(key!),
          readOnly: true,
          rsv1: false,
        });
        return Buffer.concat(theirs).equals(frame(key ? { ...spec, mask: key } : spec));
      }),
    ),
    { numRuns: 200 },
  );
});

t.test('ws and ours make the same of our frames, legal or not', async (t) => {
  // Text is ASCII where it may be a fragment: of a bad one ours says so at once, ws at the end of the message.
  const illegal = fc.oneof(
    fc.record({
      opcode: fc.nat(15),
      fin: fc.boolean(),
      rsv: fc.nat(7),
      payload: fc.uint8Array({ maxLength: 130, max: 0x7f }),
    }),
    fc.record({ opcode: fc.constant(1), payload: fc.uint8Array({ maxLength: 20 }) }),
    fc.record({ opcode: fc.constant(2), declared: fc.constantFrom(MAX + 1, 2 ** 40, 2 ** 53) }),
    fc.record({
      opcode: fc.constant(8),
      payload: fc.oneof(
        fc.uint8Array({ maxLength: 3 }),
        fc
          .tuple(fc.integer({ min: 990, max: 5010 }), fc.uint8Array({ maxLength: 8 }))
          .map(([code, reason]) => Buffer.concat([closePayload(code), reason])),
      ),
    }),
  );
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      stream,
      fc.option(illegal),
      fc.boolean(),
      fc.boolean(),
      sizes,
      async (specs, last, server, honest, cuts) => {
        const mask = Uint8Array.of(1, 2, 3, 4);
        const all = last ? [...specs, last] : specs;
        // A frame can be masked wrongly and too long at once: either may be what is said of it.
        const tooLong = last !== null && 'declared' in last;
        const masked = server === (honest || tooLong);
        const bytes = Buffer.concat(all.map((spec) => frame(masked ? { ...spec, mask } : spec)));
        const ours = throughOurs(pieces(bytes, cuts), server ? 'server' : 'client');
        const theirs = await throughWs(pieces(bytes, cuts), server);
        const end = ours.at(-1) ?? 'nothing';
        outcomes.add(end.startsWith('fault') ? end : end.split(' ')[0]!);
        return JSON.stringify(ours) === JSON.stringify(theirs);
      },
    ),
    { numRuns: 600 },
  );
  for (const outcome of ['fault 1002', 'fault 1007', 'fault 1009', 'text', 'binary', 'close']) {
    t.ok(outcomes.has(outcome), `the cases had "${outcome}" among them`);
  }
});
