import t from 'tap';
import { endsMessage } from './whole.js';

const part = (opcode: number, text: string, fin = false) => ({ opcode, fin, payload: Buffer.from(text) });

t.test('a message in one frame, and in several with a ping between', async (t) => {
  const ends = endsMessage(Buffer.from('hello'));
  t.equal(ends(part(1, 'hello', true)), true);
  t.equal(ends(part(1, 'he')), false);
  t.equal(ends(part(9, 'here?', true)), false);
  t.equal(ends(part(0, 'l')), false);
  t.equal(ends(part(0, 'lo', true)), true);
});

t.test('nothing else: another text, one that goes on, one that is longer', async (t) => {
  const ends = endsMessage(Buffer.from('hello'));
  t.equal(ends(part(1, 'hallo', true)), false);
  t.equal(ends(part(1, 'hello')), false);
  t.equal(ends(part(0, ' you', true)), false);
  t.equal(ends(part(0, 'hello', true)), false);
});
