import t from 'tap';
import { KeyLog } from './key-log.js';

const random = (digit: string) => digit.repeat(64);
const line = (digit: string, label = 'CLIENT_TRAFFIC_SECRET_0') =>
  `${label} ${random(digit)} ${'ab'.repeat(32)}`;

t.test('keeps lines once each, and nothing that is none', (t) => {
  const log = new KeyLog();
  log.add(Buffer.from(`${line('1')}\n`));
  log.add(`# a comment\n${line('1')}\r\n${line('2', 'CLIENT_RANDOM')}\nCLIENT_RANDOM xyz\n\x1b[31m\n`);
  log.add(`${line('3')} and more`);
  t.equal(log.text(), `${line('1')}\n${line('2', 'CLIENT_RANDOM')}\n`);
  t.end();
});

t.test('gives the lines of some sessions alone', (t) => {
  const log = new KeyLog();
  log.add(`${line('a')}\n${line('b')}\n${line('a', 'EXPORTER_SECRET')}\n`);
  t.equal(log.text([random('A')]), `${line('a')}\n${line('a', 'EXPORTER_SECRET')}\n`);
  t.equal(log.text([]), '');
  t.end();
});
