import t from 'tap';
import { isToken } from './token.js';

t.test('tokens of RFC 9110 §5.6.2', async (t) => {
  for (const yes of ['a', 'Sec-WebSocket-Key', "!#$%&'*+-.^_`|~09AZaz"]) t.ok(isToken(yes), yes);
  for (const no of [
    '',
    ' ',
    'a b',
    'a\n',
    'a:',
    'a/b',
    '(a)',
    '"a"',
    'é',
    '\x00',
    'a,b',
    'a;b',
    'a=b',
    '{a}',
  ]) {
    t.notOk(isToken(no), JSON.stringify(no));
  }
});
