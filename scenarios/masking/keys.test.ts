import { randomBytes } from 'node:crypto';
import t from 'tap';
import { ENOUGH_KEYS, weaknessOf } from './keys.js';

const keys = (make: (n: number) => Uint8Array) => Array.from({ length: ENOUGH_KEYS }, (_, n) => make(n));
const word = (value: number, write: 'writeUInt32BE' | 'writeUInt32LE' = 'writeUInt32BE') => {
  const key = Buffer.alloc(4);
  key[write](value >>> 0);
  return key;
};

t.test('random keys have no weakness', async (t) => {
  for (let run = 0; run < 500; run++) t.equal(weaknessOf(keys(() => randomBytes(4))), undefined);
});

t.test('weak ones have', async (t) => {
  const random = keys(() => randomBytes(4));
  t.match(weaknessOf(keys(() => word(0))), /are zero/);
  t.match(weaknessOf(keys(() => word(0x67617571))), 'every frame has the same key');
  t.match(weaknessOf(keys((n) => random[n % 40]!)), /only 40 of 256/);
  t.match(weaknessOf(keys((n) => word(1000 + n))), /^keys follow from one another: the difference is/);
  t.match(weaknessOf(keys((n) => word(n, 'writeUInt32LE'))), /follow from one another/);
  t.match(weaknessOf(keys((n) => word(Date.now() + n * 16))), /follow from one another/);
  t.match(
    weaknessOf(keys((n) => Buffer.concat([randomBytes(3), Buffer.of(n & 15)]))),
    'octet 4 of the keys takes only 16 values',
  );
  t.match(
    weaknessOf(keys(() => Buffer.from(randomBytes(4).map((octet) => octet & 0x7f)))),
    /^bit 7 of the keys is set 0 times/,
  );
});
