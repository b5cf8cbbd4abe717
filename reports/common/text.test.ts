import t from 'tap';
import { cut, line, visible } from './text.js';

t.test('what cannot be seen is written out', (t) => {
  t.equal(visible('a\u0000b\u001b[31m\u007f\u009b'), 'a\\x00b\\x1b[31m\\x7f\\x9b');
  t.equal(visible('\u202egnp.exe\u2069 \ufeff'), '\\u202egnp.exe\\u2069 \\ufeff');
  t.equal(visible('\ud83d\ude00 \ud83d \ude00'), '\ud83d\ude00 \\ud83d \\ude00', 'halves of pairs too');
  t.equal(visible('ö – 漢\tx\r\ny\rz'), 'ö – 漢\tx\ny\\x0dz', 'what can be seen stays');
  t.equal(line(' a \r\n\t b\n'), 'a b');
  t.end();
});

t.test('what is cut says so, and cuts no pair in two', (t) => {
  t.equal(cut('abc', 3), 'abc');
  t.equal(cut('abcd', 3), 'abc … (1 more characters in the record)');
  t.equal(cut('ab\ud83d\ude00', 3), 'ab … (2 more characters in the record)');
  t.end();
});
