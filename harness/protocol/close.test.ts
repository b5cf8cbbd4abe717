import fc from 'fast-check';
import t from 'tap';
import { holds } from '../testing/holds.js';
import { closeName, closePayload, mayAppear, readClose } from './close.js';
import { ProtocolFault } from './fault.js';

const codeOf = (hex: string): number | undefined => {
  try {
    readClose(Buffer.from(hex, 'hex'));
  } catch (error) {
    if (error instanceof ProtocolFault) return error.code;
    throw error;
  }
  return undefined;
};

t.test('building', async (t) => {
  t.equal(closePayload().length, 0);
  t.equal(Buffer.from(closePayload(1000)).toString('hex'), '03e8');
  t.equal(Buffer.from(closePayload(1001, 'bye é')).toString('hex'), '03e962796520c3a9');
  t.equal(Buffer.from(closePayload(0)).toString('hex'), '0000', 'what may not be sent is built all the same');
  t.equal(closePayload(1000, 'x'.repeat(200)).length, 202);
  t.throws(() => closePayload(undefined, 'why'), RangeError);
  t.throws(() => closePayload(65536), RangeError);
  t.throws(() => closePayload(-1), RangeError);
});

t.test('reading', async (t) => {
  t.same(readClose(new Uint8Array(0)), {});
  t.same(readClose(Buffer.from('03e8', 'hex')), { code: 1000, reason: '' });
  t.same(readClose(Buffer.from('0fa062796520c3a9', 'hex')), { code: 4000, reason: 'bye é' });
  t.equal(codeOf('03'), 1002, 'half a code');
  t.equal(codeOf('03e8eda080'), 1007, 'a reason with a surrogate');
  t.equal(codeOf('03ed'), 1002, '1005 may not be sent');
  t.equal(codeOf('0000'), 1002);
});

t.test('which codes may appear (RFC 6455 §7.4)', async (t) => {
  const may = [
    1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
  ];
  const mayNot = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];
  for (const code of may) t.equal(mayAppear(code), true, `${code}`);
  for (const code of mayNot) t.equal(mayAppear(code), false, `${code}`);
});

t.test('names', async (t) => {
  t.equal(closeName(1002), 'protocol error');
  t.equal(closeName(3001), 'library 3001');
  t.equal(closeName(4999), 'private 4999');
  t.equal(closeName(2000), 'unassigned 2000');
});

t.test('read(build(x)) = x, and no octets throw anything but a fault', async (t) => {
  const code = fc.oneof(fc.integer({ min: 3000, max: 4999 }), fc.constantFrom(1000, 1011, 1014));
  holds(
    t,
    fc.property(code, fc.string({ unit: 'grapheme' }), (code, reason) => {
      const read = readClose(closePayload(code, reason));
      return read.code === code && read.reason === reason;
    }),
  );
  holds(
    t,
    fc.property(fc.uint8Array({ maxLength: 130 }), (payload) => {
      try {
        readClose(payload);
        return true;
      } catch (error) {
        return error instanceof ProtocolFault;
      }
    }),
  );
});
