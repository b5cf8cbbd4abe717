import fc from 'fast-check';
import t from 'tap';
import { holds } from '../testing/holds.js';
import { FrameDecoder } from './decoder.js';
import { Deflater, Inflater } from './deflate.js';
import { ProtocolFault } from './fault.js';
import { type FrameSpec, frame } from './frames.js';
import { type Message, Messages, type MessagesOptions, type Tolerance } from './messages.js';

const MASK = Uint8Array.of(1, 2, 3, 4);

/** What comes of the frames: messages as `kind data`, then `fault code` if it faults. Masked unless a server sends them. */
function outcome(specs: readonly FrameSpec[], options: Partial<MessagesOptions> = {}): string[] {
  const role = options.role ?? 'server';
  const messages = new Messages({ role, ...options });
  const stream = Buffer.concat(
    specs.map((spec) => frame(role === 'server' ? { mask: MASK, ...spec } : spec)),
  );
  const seen: string[] = [];
  try {
    for (const each of new FrameDecoder().push(stream)) {
      const message = messages.accept(each);
      if (message) seen.push(text(message));
    }
  } catch (error) {
    if (!(error instanceof ProtocolFault)) throw error;
    seen.push(`fault ${error.code} at ${error.at}`);
  }
  return seen;
}
const text = ({ kind, data, code, reason }: Message) =>
  kind === 'close' ? `close ${code} ${reason}` : `${kind} ${Buffer.from(data).toString('latin1')}`;
const tolerating = (...rules: Tolerance[]) => ({ tolerate: new Set(rules) });
const hex = (octets: string) => Buffer.from(octets.replaceAll(' ', ''), 'hex');

t.test('messages of every kind, in order', async (t) => {
  const specs: FrameSpec[] = [
    { opcode: 'text', payload: 'Hello' },
    { opcode: 'binary', payload: hex('ff00') },
    { opcode: 'ping', payload: hex('00fffefdfcfb00ff') },
    { opcode: 'pong' },
    { opcode: 'text', payload: '' },
    { opcode: 'close', payload: hex('03e8627965') },
    { opcode: 'text', payload: 'too late' },
  ];
  t.same(outcome(specs), [
    'text Hello',
    'binary ÿ\x00',
    'ping \x00ÿþýüû\x00ÿ',
    'pong ',
    'text ',
    'close 1000 bye',
  ]);
  t.equal(outcome(specs, tolerating('after-close')).at(-1), 'text too late');
  t.same(outcome([{ opcode: 'close' }]), ['close undefined undefined']);
});

t.test('fragments, with control frames between', async (t) => {
  const specs: FrameSpec[] = [
    { opcode: 'text', payload: 'frag', fin: false },
    { opcode: 'ping', payload: '1' },
    { opcode: 'continuation', payload: '', fin: false },
    { opcode: 'continuation', payload: 'ment', fin: false },
    { opcode: 'pong', payload: '2' },
    { opcode: 'continuation', payload: 'ed' },
    { opcode: 'binary', payload: 'b', fin: false },
    { opcode: 'continuation', payload: '' },
  ];
  t.same(outcome(specs), ['ping 1', 'pong 2', 'text fragmented', 'binary b']);
});

t.test('masking (§5.1)', async (t) => {
  const plain = frame({ opcode: 'text', payload: 'a' });
  const masked = frame({ opcode: 'text', payload: 'a', mask: MASK });
  const accept = (bytes: Uint8Array, role: 'server' | 'client', ...rules: Tolerance[]) =>
    new Messages({ role, ...tolerating(...rules) }).accept(new FrameDecoder().push(bytes)[0]!);
  t.throws(() => accept(plain, 'server'), {
    code: 1002,
    message: 'The text frame at octet 0 is not masked.',
  });
  t.throws(() => accept(masked, 'client'), { code: 1002, message: 'The text frame at octet 0 is masked.' });
  t.match(accept(masked, 'server'), { kind: 'text' });
  t.match(accept(plain, 'client'), { kind: 'text' });
  t.match(accept(plain, 'server', 'unmasked'), { kind: 'text' });
  t.match(accept(masked, 'client', 'masked'), { kind: 'text' });
  t.throws(() => accept(plain, 'server', 'masked'), { code: 1002 });
  t.throws(() => accept(masked, 'client', 'unmasked'), { code: 1002 });
});

t.test('reserved bits (§5.2)', async (t) => {
  for (let rsv = 1; rsv <= 7; rsv++) {
    for (const opcode of ['text', 'binary', 'ping', 'pong', 'close'] as const) {
      t.same(
        outcome([
          { opcode: 'text', payload: 'a' },
          { opcode, rsv },
        ]),
        ['text a', 'fault 1002 at 7'],
      );
    }
    t.same(outcome([{ opcode: 'text', payload: 'a', rsv }], tolerating('rsv')), ['text a']);
  }
});

t.test('reserved opcodes (§5.2)', async (t) => {
  for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) {
    t.same(outcome([{ opcode, payload: 'a' }]), ['fault 1002 at 0']);
    const after: FrameSpec[] = [{ opcode }, { opcode: 'text', payload: 'a' }];
    t.same(outcome(after, tolerating('opcode')), ['text a'], 'ignored where tolerated');
  }
});

t.test('lengths in their shortest form (§5.2)', async (t) => {
  const short: FrameSpec = { opcode: 'binary', payload: 'x'.repeat(125), length: 16 };
  t.same(outcome([short]), ['fault 1002 at 0']);
  t.same(outcome([{ ...short, length: 64 }]), ['fault 1002 at 0']);
  t.same(outcome([{ opcode: 'binary', payload: new Uint8Array(65535), length: 64 }]), ['fault 1002 at 0']);
  t.equal(outcome([{ opcode: 'binary', payload: new Uint8Array(126) }])[0]?.slice(0, 6), 'binary');
  t.equal(outcome([{ opcode: 'binary', payload: new Uint8Array(65536) }])[0]?.slice(0, 6), 'binary');
  t.same(outcome([{ ...short, payload: 'a' }], tolerating('length-form')), ['binary a']);
});

t.test('fragmentation (§5.4)', async (t) => {
  const start: FrameSpec = { opcode: 'text', payload: 'a', fin: false };
  const end: FrameSpec = { opcode: 'continuation', payload: 'b' };
  t.same(outcome([end]), ['fault 1002 at 0']);
  t.same(outcome([{ ...end, fin: false }]), ['fault 1002 at 0']);
  t.same(outcome([start, start]), ['fault 1002 at 7']);
  t.same(outcome([start, { opcode: 'binary', payload: 'c' }]), ['fault 1002 at 7']);
  t.same(outcome([start, end, { ...end, fin: false }]), ['text ab', 'fault 1002 at 14']);
  t.same(
    outcome([{ opcode: 'ping', fin: false }]),
    ['fault 1002 at 0'],
    'control frames are never fragments',
  );
  t.same(outcome([{ opcode: 'close', fin: false }]), ['fault 1002 at 0']);
  t.same(outcome([end, start, start, end, { opcode: 'ping', fin: false }], tolerating('fragmentation')), [
    'binary b',
    'text ab',
    'ping ',
  ]);
});

t.test('control frames of at most 125 octets (§5.5)', async (t) => {
  t.equal(outcome([{ opcode: 'ping', payload: 'x'.repeat(125) }])[0]?.length, 130);
  t.same(outcome([{ opcode: 'ping', payload: 'x'.repeat(126) }]), ['fault 1002 at 0']);
  t.same(outcome([{ opcode: 'close', payload: hex(`03e8${'61'.repeat(124)}`) }]), ['fault 1002 at 0']);
  t.equal(
    outcome([{ opcode: 'ping', payload: 'x'.repeat(126) }], tolerating('control-length'))[0]?.length,
    131,
  );
});

t.test('close codes and reasons (§7.4)', async (t) => {
  t.same(outcome([{ opcode: 'ping' }, { opcode: 'close', payload: hex('03') }]), [
    'ping ',
    'fault 1002 at 6',
  ]);
  t.same(outcome([{ opcode: 'close', payload: hex('03ee') }]), ['fault 1002 at 0'], '1006 may not be sent');
  t.same(outcome([{ opcode: 'close', payload: hex('03e8 eda080') }]), ['fault 1007 at 0']);
  t.same(outcome([{ opcode: 'close', payload: hex('03ee 61') }], tolerating('close-code')), ['close 1006 a']);
  t.same(outcome([{ opcode: 'close', payload: hex('03') }], tolerating('close-code')), [
    'close undefined undefined',
  ]);
  t.same(outcome([{ opcode: 'close', payload: hex('03e8 ff') }], tolerating('utf8')), ['close 1000 \ufffd']);
  t.same(outcome([{ opcode: 'close', payload: hex('03e8 ff') }], tolerating('close-code')), [
    'fault 1007 at 0',
  ]);
});

t.test('UTF-8 across fragments (§8.1), found in the fragment where it goes wrong', async (t) => {
  const parts = (...all: string[]): FrameSpec[] =>
    all.map((part, i) => ({
      opcode: i ? 'continuation' : 'text',
      payload: hex(part),
      fin: i === all.length - 1,
    }));
  t.same(
    outcome(parts('ceba e1', 'bd', 'b9')),
    ['text \u00ce\u00ba\u00e1\u00bd\u00b9'],
    'characters cut in two and three',
  );
  t.same(outcome(parts('ceba', 'f490', '8080')), ['fault 1007 at 8'], 'before the message is whole');
  t.same(outcome(parts('ceba', 'f4', '90', '8080')), ['fault 1007 at 15']);
  t.same(outcome(parts('ceba', 'e2', '')), ['fault 1007 at 15'], 'an unfinished character');
  t.same(outcome(parts('eda080')), ['fault 1007 at 0']);
  t.same(outcome(parts('61', 'ff', '62'), tolerating('utf8')), ['text aÿb'], 'octets are kept as they came');
  t.same(
    outcome([
      { opcode: 'binary', payload: hex('ff'), fin: false },
      { opcode: 0, payload: hex('ff') },
    ]),
    ['binary ÿÿ'],
  );
});

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
