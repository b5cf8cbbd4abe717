import t from 'tap';
import { FrameDecoder } from './decoder.js';
import { type FrameSpec, frame } from './frames.js';
import { Messages, type Tolerance } from './messages.js';
import { hex, MASK, outcome, tolerating } from './testing/outcome.js';

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
