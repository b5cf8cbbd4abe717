import t from 'tap';
import type { Transcript } from '../model.js';
import { linesOf } from './logs.js';

const transcript: Transcript = {
  openedAt: 10,
  client: { host: '127.0.0.1', port: 4071 },
  upstream: { host: '127.0.0.1', port: 80 },
  events: [],
  count: 0,
};
const attempt = { token: '5f3a01', from: performance.now(), transcript };
const place = (logs: () => string, runtime = 'process') => ({
  taps: [],
  route: { url: 'ws://127.0.0.1:80' },
  hops: [{ name: 'nginx', runtime, address: { host: '127.0.0.1', port: 80 }, logs }],
});
const textsOf = async (...args: Parameters<typeof place>) =>
  (await linesOf(place(...args), [attempt])).map(({ text }) => text);

t.test('lines that name the token or the address of the client, and no other', async (t) => {
  const log = [
    'client: 127.0.0.1, request: "GET /echo?gauntlet=5f3a01 HTTP/1.1"',
    'client: 127.0.0.1, request: "GET /echo?gauntlet=5f3a012 HTTP/1.1"',
    '0 127.0.0.1:4071 TCP_DENIED/403 CONNECT',
    '0 127.0.0.1:40711 TCP_DENIED/403 CONNECT',
    '0 [127.0.0.1]:4071 half of a line',
  ];
  t.same(await textsOf(() => log.join('\n')), [log[0], log[2], log[4]]);
  t.same(await textsOf(() => log.join('\n'), 'in-process'), []);
});

t.test('at the time that the line tells to the millisecond, else when it was read', async (t) => {
  const now = performance.now();
  const unix = (performance.timeOrigin + now) / 1000;
  const [exact, coarse] = await linesOf(
    place(() => `${unix.toFixed(3)} gauntlet=5f3a01\n2026/01/02 03:04:05 gauntlet=5f3a01\n`),
    [{ ...attempt, from: now - 5 }],
  );
  t.ok(Math.abs(exact!.at - now) <= 1);
  t.ok(coarse!.at >= now);
  t.match(exact, { by: 'nginx', kind: 'log', of: '5f3a01' });
});

t.test('a line that comes late is waited for, and none for long', async (t) => {
  let asked = 0;
  t.same(await textsOf(() => (++asked < 3 ? '' : 'gauntlet=5f3a01')), ['gauntlet=5f3a01']);
  t.equal(asked, 3);
  asked = 0;
  t.same(await textsOf(() => String(++asked)), []);
  t.equal(asked, 5);
});

t.test('what peers made a program write stays inert, and is bounded', async (t) => {
  t.same(await textsOf(() => '\x1b[31mgauntlet=5f3a01'), ['\\u001b[31mgauntlet=5f3a01']);
  const lines = await textsOf(() => `gauntlet=5f3a01 ${'x'.repeat(9000)}\n`.repeat(50));
  t.equal(lines.length, 12);
  t.ok(lines.every((line) => line.length < 450));
});
