import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import t from 'tap';
import { holds } from '../testing/holds.js';
import { Utf8Validator } from './utf8.js';

/** After how many octets it says no (the first that cannot be right), or undefined; and whether all is well at the end. */
function judge(hex: string, size: number): { failedAt: number | undefined; whole: boolean } {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  const validator = new Utf8Validator();
  for (let at = 0; at < bytes.length; at += size) {
    if (!validator.push(bytes.subarray(at, at + size))) return { failedAt: at, whole: validator.done() };
  }
  return { failedAt: undefined, whole: validator.done() };
}

const GREEK = 'cebae1bdb9cf83cebcceb5';

/** The classes of Markus Kuhn's decoder test, as servers are commonly tested with. */
const VALID: Record<string, string[]> = {
  'sample characters': ['24', 'c2a2', 'e282ac', 'f0a4ada2', GREEK],
  'first of each length': ['00', 'c280', 'e0a080', 'f0908080'],
  'last of each length': ['7f', 'dfbf', 'efbfbf', 'f48fbfbf'],
  boundaries: ['ed9fbf', 'ee8080', 'efbfbd', 'f48fbfbf'],
  'non-characters': [
    'efbfbe',
    'efbfbf',
    ...Array.from({ length: 16 }, (_, i) =>
      String.fromCodePoint(((i + 1) << 16) | 0xfffe, ((i + 1) << 16) | 0xffff),
    ).map((text) => Buffer.from(text).toString('hex')),
  ],
  'FFF9 to FFFF': ['efbfb9', 'efbfba', 'efbfbb', 'efbfbc', 'efbfbd', 'efbfbe', 'efbfbf'],
};
const INVALID: Record<string, string[]> = {
  'five and six octet forms': ['f888808080', 'fc8480808080', 'fbbfbfbfbf', 'fdbfbfbfbfbf', 'f7bfbfbf'],
  'past U+10FFFF': ['f4908080'],
  'lone continuation': ['80', 'bf', '80bf', '80bf80', '80bf80bf', '80bf80bf80', '80bf80bf80bf', '9f'],
  'lone lead before a space': [
    'c020',
    'df20',
    'e020',
    'ef20',
    'f020',
    'f720',
    'f820',
    'fb20',
    'fc20',
    'fd20',
  ],
  'last continuation missing': [
    'c0',
    'e080',
    'f08080',
    'f8808080',
    'fc80808080',
    'df',
    'efbf',
    'f7bfbf',
    'fbbfbfbf',
    'fdbfbfbfbf',
  ],
  'impossible octets': ['fe', 'ff', 'fefeffff'],
  'overlong solidus': ['c0af', 'e080af', 'f08080af', 'f8808080af', 'fc80808080af'],
  'largest overlong': ['c1bf', 'e09fbf', 'f08fbfbf', 'f887bfbfbf', 'fc83bfbfbfbf'],
  'overlong NUL': ['c080', 'e08080', 'f0808080', 'f880808080', 'fc8080808080'],
  'single surrogates': ['eda080', 'edadbf', 'edae80', 'edafbf', 'edb080', 'edbe80', 'edbfbf'],
  'surrogate pairs': [
    'eda080edb080',
    'eda080edbfbf',
    'edadbfedb080',
    'edadbfedbfbf',
    'edae80edb080',
    'edae80edbfbf',
    'edafbfedb080',
    'edafbfedbfbf',
  ],
};

for (const [kind, all] of Object.entries(VALID)) {
  t.test(`valid: ${kind}`, async (t) => {
    for (const hex of all) {
      for (const size of [1, 2, 3, 100]) t.same(judge(hex, size), { failedAt: undefined, whole: true }, hex);
      t.ok(judge(`61${hex}61`, 100).whole, hex);
    }
  });
}

for (const [kind, all] of Object.entries(INVALID)) {
  t.test(`invalid: ${kind}`, async (t) => {
    for (const hex of all) {
      for (const size of [1, 2, 3, 100]) t.equal(judge(hex, size).whole, false, hex);
      t.equal(judge(`61${hex}61`, 100).whole, false, hex);
    }
  });
}

t.test('every prefix of a text: right so far, whole only between characters', async (t) => {
  const wholeAt = [2, 5, 7, 9, 11];
  for (let length = 1; length <= 11; length++) {
    const hex = GREEK.slice(0, length * 2);
    t.same(judge(hex, 1), { failedAt: undefined, whole: wholeAt.includes(length) }, hex);
  }
});

t.test('says no at the first octet that cannot be right', async (t) => {
  t.equal(judge(`${GREEK} f4 90 80 80`, 1).failedAt, 12);
  t.equal(judge('eda080', 1).failedAt, 1);
  t.equal(judge('e080af', 1).failedAt, 1);
  t.equal(judge('f08fbf', 1).failedAt, 1);
  t.equal(judge('c0', 1).failedAt, 0);
  t.equal(judge('e282 28', 1).failedAt, 2);
});

t.test('stays at no', async (t) => {
  const validator = new Utf8Validator();
  t.equal(validator.push(Uint8Array.of(0xff)), false);
  t.equal(validator.push(Uint8Array.of(0x61)), false);
  t.equal(validator.done(), false);
});

t.test('agrees with the engine on any octets, however they are cut', async (t) => {
  const lead = fc.constantFrom(
    0x41,
    0x80,
    0xbf,
    0xc2,
    0xe0,
    0xe2,
    0xed,
    0xef,
    0xf0,
    0xf4,
    0x90,
    0x9f,
    0xa0,
    0x8f,
  );
  const bytes = fc.oneof(
    fc.array(lead, { maxLength: 12 }).map((all) => Buffer.from(all)),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 30 }).map((all) => Buffer.from(all)),
  );
  holds(
    t,
    fc.property(bytes, fc.nat(30), fc.nat(30), (all, one, other) => {
      const [a, b] = [Math.min(one, other), Math.max(one, other)];
      const validator = new Utf8Validator();
      for (const piece of [all.subarray(0, a), all.subarray(a, b), all.subarray(b)]) validator.push(piece);
      return validator.done() === isUtf8(all);
    }),
    { numRuns: 1000 },
  );
});
