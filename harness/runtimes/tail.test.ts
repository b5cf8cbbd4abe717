import t from 'tap';
import { Tail, tellingLines, withLines } from './tail.js';

t.test('only the last 64 KiB are kept', async (t) => {
  const tail = new Tail();
  for (let i = 0; i < 100; i++) tail.add(Buffer.from(`${i}`.padEnd(1024, '.')));
  t.equal(tail.text().length, 65536);
  t.match(tail.text(), /^36\./);
  tail.add(Buffer.alloc(200_000, 'x'));
  t.equal(tail.text(), 'x'.repeat(65536));
});

t.test('the lines that tell are preferred to what comes after them', async (t) => {
  const log = 'Starting\nFATAL: no port\nCPU Usage: 0.046\nPage faults: 0\n';
  t.equal(withLines('squid ended', log), 'squid ended:\nFATAL: no port');
  t.equal(tellingLines('one\ntwo\n\n'), 'one\ntwo');
  t.equal(withLines('squid ended', ' \n'), 'squid ended; it said nothing');
});

t.test('control characters do not reach the terminal', async (t) => {
  t.equal(tellingLines('an error\x1b]0;title\x07 here\r\n'), 'an error]0;title here');
  t.equal(tellingLines(`error ${'x'.repeat(1000)}`).length, 400);
});
