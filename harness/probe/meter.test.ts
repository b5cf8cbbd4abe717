import { Socket } from 'node:net';
import t from 'tap';
import { Meter, Traffic, USUAL } from './meter.js';

t.test('a connection that was given up leaves room for another at once', async (t) => {
  const meter = new Meter({ ...USUAL, atOnce: 1 }, new Traffic(), new AbortController().signal);
  const first = new Socket();
  meter.opened(first);
  first.destroy();
  const second = new Socket();
  meter.opened(second);
  t.throws(() => meter.opened(new Socket()), /may have 1 connections open/);
  second.destroy();
});
