import t from 'tap';
import { Gather } from './gather.js';

t.test('pieces become one array', async (t) => {
  const gather = new Gather(5000, 4);
  const whole = Buffer.from(Array.from({ length: 5000 }, (_, i) => i & 0xff));
  for (let at = 0; at < whole.length; at += 7) gather.add(whole.subarray(at, at + 7));
  t.equal(gather.length, 5000);
  t.ok(whole.equals(gather.octets));
  t.equal(gather.octets.buffer.byteLength, 5000, 'and the room for it stops at the limit');
});

t.test('room grows with what has come', async (t) => {
  const gather = new Gather(2 ** 40);
  t.equal(gather.octets.length, 0);
  gather.add(new Uint8Array(3));
  t.equal(gather.octets.buffer.byteLength, 1024);
  gather.add(new Uint8Array(2000));
  t.equal(gather.octets.buffer.byteLength, 4006);
});
