import t from 'tap';
import { membersOf, tokensOf, valueOf, valuesOf } from './fields.js';

const head = {
  fields: [
    ['Connection', 'keep-alive, Upgrade'],
    ['X', ''],
    ['connection', ' , HTTP2-Settings,'],
    ['__proto__', 'own'],
  ],
} as const;

t.test('by name in any case, in order, with duplicates', async (t) => {
  t.same(valuesOf(head, 'CONNECTION'), ['keep-alive, Upgrade', ' , HTTP2-Settings,']);
  t.equal(valueOf(head, 'x'), '');
  t.equal(valueOf(head, 'connection'), 'keep-alive, Upgrade,  , HTTP2-Settings,');
  t.equal(valueOf(head, 'absent'), undefined);
  t.same(valuesOf(head, 'absent'), []);
  t.equal(valueOf(head, '__proto__'), 'own');
  t.equal(valueOf(head, 'toString'), undefined);
});

t.test('members of lists', async (t) => {
  t.same(membersOf(head, 'Connection'), ['keep-alive', 'Upgrade', 'HTTP2-Settings']);
  t.same(tokensOf(head, 'Connection'), ['keep-alive', 'upgrade', 'http2-settings']);
  t.same(tokensOf(head, 'X'), []);
});
