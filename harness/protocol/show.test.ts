import fc from 'fast-check';
import t from 'tap';
import { holds } from '../testing/holds.js';
import { show } from './show.js';

t.test('what is printable stays, the rest is escaped', async (t) => {
  t.equal(show('GET / HTTP/1.1\r\nA:\tb\\'), 'GET / HTTP/1.1\\r\\nA:\\tb\\\\');
  t.equal(show(Buffer.from('00ff1b5b316d41', 'hex')), '\\x00\\xff\\x1b[1mA');
  t.equal(show('\u001b[31m\u202eevil\u00e9\u{1f600}'), '\\u001b[31m\\u202eevil\\u00e9\\ud83d\\ude00');
  t.equal(show('\ud800'), '\\ud800');
  t.equal(show(''), '');
});

t.test('is cut, and says how much', async (t) => {
  t.equal(show('abcdef', 6), 'abcdef');
  t.equal(show('abcdefg', 6), 'abcdef… (1 more characters)');
  t.equal(show(Buffer.from('616200636465', 'hex'), 5), 'ab… (4 more octets)', 'escapes are not cut in two');
  t.equal(show('x'.repeat(1000)), `${'x'.repeat(120)}… (880 more characters)`);
});

t.test('never anything but printable ASCII, within its bound', async (t) => {
  const input = fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array());
  holds(
    t,
    fc.property(input, fc.nat(60), (hostile, max) => {
      const text = show(hostile, max).replace(/… \(\d+ more (octets|characters)\)$/, '');
      return text.length <= max && /^[ -~]*$/.test(text);
    }),
  );
});
