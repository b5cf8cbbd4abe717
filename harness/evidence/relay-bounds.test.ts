import type { Socket } from 'node:net';
import t from 'tap';
import { dial, listen, tapTo, until } from './testing/tapped.js';

t.test('a slow taker slows the giver down, and nothing is lost', async (t) => {
  const SIZE = 24 * 1024 * 1024;
  let far: Socket | undefined;
  let got = 0;
  const port = await listen(t, (socket) => {
    far = socket.pause();
  });
  const tap = await tapTo(t, port);
  const client = await dial(t, tap);
  client.end(Buffer.alloc(SIZE, 'abcdefgh'));
  await until(() => far !== undefined);
  const taken = () => tap.connections[0]!.events.reduce((sum, { length }) => sum + length, 0);
  let before = -1;
  while (taken() !== before) {
    before = taken();
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  t.ok(before < SIZE, 'not all was taken from a client whose server takes nothing');
  far!.on('data', (chunk) => {
    got += chunk.length;
  });
  far!.resume();
  await until(() => got === SIZE);
  t.equal(got, SIZE);
  const { events } = tap.connections[0]!;
  const data = events.filter(({ kind, from }) => kind === 'data' && from === 'client');
  t.equal(taken(), SIZE, 'every octet is counted');
  const kept = data.filter(({ bytes }) => bytes);
  t.equal(
    kept.reduce((sum, { bytes }) => sum + bytes!.length, 0),
    (256 + 64) * 1024,
    'the first and the last are kept',
  );
  const between = data.find(({ bytes }) => !bytes)!;
  t.equal(between.offset, 256 * 1024);
  t.equal(between.offset + between.length, SIZE - 64 * 1024);
  t.ok(between.until! >= between.at);
  let offset = 0;
  for (const event of data) {
    t.equal(event.offset, offset);
    offset += event.length;
  }
});

t.test('thousands of single octets cost no more than their bound', async (t) => {
  const { Track } = await import('./keep.js');
  const track = new Track('client', { left: 1_000_000 });
  for (let n = 0; n < 20_000; n++) track.data(n, n, Uint8Array.of(n & 0xff));
  const { events } = track;
  t.ok(events.length <= 4096 + 1024 + 1);
  const last = events.at(-1)!.event;
  t.same([last.offset, last.bytes], [19_999, Uint8Array.of(19_999 & 0xff)]);
  const between = events.find(({ event }) => !event.bytes)!.event;
  t.same([between.offset, between.length], [4096, 20_000 - 4096 - 1024]);
});

t.test('more of the beginning is kept where that is asked for', async (t) => {
  const { Track } = await import('./keep.js');
  const kept = (first?: number) => {
    const track = new Track('client', { left: 10_000_000, ...(first && { first }) });
    for (let n = 0; n < 10; n++) track.data(n, n, Buffer.alloc(100_000));
    return track.events.reduce((sum, { event }) => sum + (event.bytes?.length ?? 0), 0);
  };
  t.equal(kept(), (256 + 64) * 1024);
  t.equal(kept(1_000_000), 1_000_000);
});

t.test('when the budget is spent, octets are counted', async (t) => {
  const { Track } = await import('./keep.js');
  const budget = { left: 10 };
  const track = new Track('server', budget);
  track.data(0, 1, Buffer.alloc(8));
  track.data(1, 2, Buffer.alloc(8));
  track.mark(2, 3, 'fin');
  t.same(
    track.events.map(({ event }) => [event.kind, event.offset, event.length, event.bytes?.length]),
    [
      ['data', 0, 8, 8],
      ['data', 8, 2, 2],
      ['data', 10, 6, undefined],
      ['fin', 16, 0, undefined],
    ],
  );
  t.ok(budget.left >= 0);
});
