import fc from 'fast-check';
import t from 'tap';
import { holds } from '../testing/holds.js';
import { FrameDecoder } from './decoder.js';
import { Deflater, Inflater } from './deflate.js';
import { ProtocolFault } from './fault.js';
import { type FrameSpec, frame } from './frames.js';
import { Messages, type MessagesOptions, type Tolerance } from './messages.js';
import { hex, MASK, outcome } from './testing/outcome.js';

t.test('messages of at most maxMessage octets (§7.4.1)', async (t) => {
  const piece: FrameSpec = { opcode: 'continuation', payload: 'x'.repeat(50), fin: false };
  const bound = { maxMessage: 100 };
  t.equal(outcome([{ opcode: 2, payload: 'x'.repeat(100) }], bound)[0]?.length, 107);
  t.same(outcome([{ opcode: 2, payload: 'x'.repeat(101) }], bound), ['fault 1009 at 0']);
  t.equal(
    outcome(
      [
        { ...piece, opcode: 2 },
        { ...piece, fin: true },
      ],
      bound,
    )[0]?.length,
    107,
  );
  t.same(outcome([{ ...piece, opcode: 2 }, piece, { opcode: 0, payload: 'x' }], bound), [
    'fault 1009 at 112',
  ]);
  t.same(outcome([{ opcode: 2, payload: 'x'.repeat(101), fin: false }], bound), ['fault 1009 at 0']);
});

t.test('permessage-deflate (RFC 7692 §6)', async (t) => {
  const deflater = new Deflater();
  const deflate = (message: string) => deflater.deflate(Buffer.from(message));
  const hello: FrameSpec = { opcode: 'text', payload: deflate('Hello'), rsv: 4 };
  const again = deflate('Hello');
  const split: FrameSpec[] = [
    { opcode: 'text', payload: again.subarray(0, 2), rsv: 4, fin: false },
    { opcode: 'ping' },
    { opcode: 'continuation', payload: again.subarray(2) },
  ];
  const run = (specs: FrameSpec[], more: Partial<MessagesOptions> = {}) =>
    outcome(specs, { deflate: new Inflater(), ...more });
  t.same(run([hello, ...split, { opcode: 'text', payload: 'plain' }]), [
    'text Hello',
    'ping ',
    'text Hello',
    'text plain',
  ]);
  t.same(run([split[0]!, { ...split[2]!, rsv: 4 }]), ['fault 1002 at 8'], 'RSV1 on a continuation');
  t.same(run([{ opcode: 'ping', rsv: 4 }]), ['fault 1002 at 0'], 'RSV1 on a control frame');
  t.same(run([{ opcode: 'text', rsv: 6 }]), ['fault 1002 at 0'], 'RSV2 beside it');
  t.same(outcome([hello]), ['fault 1002 at 0'], 'RSV1 when it was not agreed on');
  t.same(run([{ opcode: 'text', payload: hex('ff'), rsv: 4 }]), ['fault 1007 at 0'], 'no deflate');
  const notText = new Deflater().deflate(hex('eda080'));
  t.same(
    run([{ opcode: 'text', payload: notText, rsv: 4 }]),
    ['fault 1007 at 0'],
    'text that is not UTF-8 inside',
  );
  const bomb = new Deflater().deflate(Buffer.alloc(1_000_000));
  t.same(run([{ opcode: 'binary', payload: bomb, rsv: 4 }], { maxMessage: 999_999 }), ['fault 1009 at 0']);
  t.equal(
    run([{ opcode: 'binary', payload: bomb, rsv: 4 }], { maxMessage: 1_000_000 })[0]?.length,
    1_000_007,
  );
});

t.test('what does not compress may be as long as the bound all the same', async (t) => {
  const noise = Uint8Array.from({ length: 5000 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 0xff);
  const payload = new Deflater({ level: 0 }).deflate(noise);
  t.ok(payload.length > noise.length);
  const [only] = outcome([{ opcode: 'binary', payload, rsv: 4 }], {
    deflate: new Inflater(),
    maxMessage: noise.length,
  });
  t.equal(only, `binary ${Buffer.from(noise).toString('latin1')}`);
});

t.test('no frames make it throw anything but its fault, or hold more than it was told', async (t) => {
  const spec = fc.record({
    opcode: fc.oneof(fc.constantFrom(0, 1, 2, 8), fc.nat(15)),
    fin: fc.boolean(),
    rsv: fc.constantFrom(0, 0, 0, 4, 1),
    payload: fc.uint8Array({ maxLength: 40 }),
    mask: fc.constantFrom(undefined, MASK),
  });
  const rules: Tolerance[] = [
    'unmasked',
    'masked',
    'rsv',
    'rsv-later',
    'opcode',
    'length-form',
    'fragmentation',
    'control-length',
    'close-code',
    'utf8',
    'after-close',
  ];
  holds(
    t,
    fc.property(
      fc.array(spec, { maxLength: 12 }),
      fc.subarray(rules),
      fc.boolean(),
      (specs, tolerate, deflate) => {
        const messages = new Messages({
          role: 'server',
          maxMessage: 64,
          tolerate: new Set(tolerate),
          ...(deflate && { deflate: new Inflater() }),
        });
        try {
          for (const each of new FrameDecoder().push(Buffer.concat(specs.map(frame)))) {
            const message = messages.accept(each);
            if (message && message.data.length > 64) return false;
            if (messages.held > 64 + 64) return false;
          }
        } catch (error) {
          return error instanceof ProtocolFault && [1002, 1007, 1009].includes(error.code);
        }
        return true;
      },
    ),
    { numRuns: 2000 },
  );
});
