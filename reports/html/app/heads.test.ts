import { execFileSync } from 'node:child_process';
import t from 'tap';
import type { Evidence } from '../../../harness/model.js';
import { app } from '../../testing/app.js';
import { serverPings, wire } from '../../testing/sample-wire.js';

interface Head {
  start: string;
  fields: [string, string][];
}
const { parseHead, headRows, headsSeen } = await app<{
  parseHead(text: string): Head;
  headRows(before: Head, after: Head): { fate: string; name: string; before?: string; after?: string }[];
  headsSeen(ordered: Evidence[], mark: string, lanes: string[]): { by: string; head: Head }[];
}>('heads');
const { askedOf, curl } = await app<{
  askedOf(ordered: Evidence[]): { head: string } | undefined;
  curl(asked: { head: string; address?: string; tls: boolean; tunnel: boolean }): string;
}>('curl');

const fates = (before: string, after: string) =>
  headRows(parseHead(before), parseHead(after))
    .filter(({ fate }) => fate !== 'same')
    .map(({ fate, name }) => `${fate} ${name}`);
const head = (...lines: string[]) => ['GET / HTTP/1.1', ...lines].join('\r\n');

t.test('each line has its fate', (t) => {
  t.same(fates(head('A: 1', 'B: 2'), head('A: 1', 'B: 2')), []);
  t.same(fates(head('Upgrade: websocket', 'A: 1'), head('A: 1')), ['dropped Upgrade']);
  t.same(fates(head('A: 1'), head('A: 1', 'Via: 1.1 squid')), ['added Via']);
  t.same(fates(head('A: 1'), head('a: 2')), ['rewritten A']);
  t.same(fates(head('Upgrade: x'), head('upgrade: x')), ['recased Upgrade']);
  t.same(fates(head('A: 1', 'B: 2', 'C: 3'), head('B: 2', 'C: 3', 'A: 1')), ['moved A']);
  t.same(fates('GET / HTTP/1.1\r\nA: 1', 'GET / HTTP/1.0\r\nA: 1'), ['rewritten first line']);
  t.same(fates(head('A: 1', 'A: 2'), head('A: 1')), ['dropped A'], 'of several, one');
  t.end();
});

t.test('what comes after the head is no part of it', (t) => {
  t.same(parseHead('GET / HTTP/1.1\r\nA: 1\r\n\r\nB: 2').fields, [['A', '1']]);
  t.same(parseHead('x\ny').fields, [['y', '']], 'and a line without a colon is one');
  t.same(parseHead('').start, '');
  t.equal(parseHead(head(...Array.from({ length: 5000 }, (_, i) => `A${i}: 1`))).fields.length, 400);
  t.end();
});

t.test('heads in the order in which they pass', (t) => {
  const lanes = ['client', 'squid → nginx', 'origin'];
  const ordered = serverPings(0).sort((a, b) => a.at - b.at);
  const seen = (mark: string) => headsSeen(ordered, mark, lanes).map(({ by }) => by);
  t.same(seen('request'), ['client', 'squid → nginx', 'origin']);
  t.same(seen('response'), ['origin', 'squid → nginx', 'client']);
  t.end();
});

t.test('a CONNECT and its answer are not taken for the request and its answer', (t) => {
  const entry = (at: number, kind: 'sent' | 'received', text: string): Evidence => ({
    at,
    by: 'client',
    kind,
    text,
    mark: kind === 'sent' ? 'request' : 'response',
    bytes: Buffer.from(`${text}\r\n\r\n`).toString('base64'),
  });
  const ordered = [
    entry(1, 'sent', 'CONNECT a:1'),
    entry(2, 'received', 'HTTP/1.1 200 OK'),
    entry(3, 'sent', 'GET / HTTP/1.1'),
    entry(4, 'received', 'HTTP/1.1 101 Switching Protocols'),
  ];
  t.same(
    ['request', 'response'].map((mark) => headsSeen(ordered, mark, ['client'])[0]!.head.start),
    ['GET / HTTP/1.1', 'HTTP/1.1 101 Switching Protocols'],
  );
  t.match(askedOf(ordered), { tunnel: true, tls: false });
  t.match(
    curl({ head: head('Host: a:1'), address: 'p:3', tls: true, tunnel: true }),
    /-k --proxy http:\/\/p:3 --proxytunnel/,
  );
  t.equal(askedOf([]), undefined);
  t.end();
});

/** What a shell makes of the command. */
const words = (command: string) =>
  execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`], { encoding: 'latin1' })
    .split('\0')
    .slice(0, -1);

t.test('curl is told the same head, and nothing of its own', (t) => {
  const asked = askedOf(wire(0, undefined))!;
  t.match(asked, { address: '127.0.0.1:43121', tls: false, tunnel: false });
  t.same(words(curl(asked as Parameters<typeof curl>[0])), [
    '-iNg',
    '--path-as-is',
    '--max-time',
    '5',
    '--http1.1',
    '--connect-to',
    '::127.0.0.1:43121',
    ...[
      'Host: gauntlet.test',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version: 13',
      'User-Agent:',
      'Accept:',
    ].flatMap((line) => ['-H', line]),
    'http://gauntlet.test/echo?gauntlet=3f9a',
  ]);
  t.end();
});

t.test('a shell obeys nothing of what a peer or a check put into the head', (t) => {
  const value = `'; touch x; '$(id)\`id\`"\\ \x00\x07\xff`;
  const command = curl({ head: head('Host: h', `X: ${value}`, 'Empty:'), tls: false, tunnel: false });
  const given = words(command.replaceAll('\\x00', ''));
  t.same(given.slice(7, 11), ['-H', `X: ${value.replace('\x00', '')}`, '-H', 'Empty;']);
  t.notMatch(command, /[^\x20-\x7e]/, 'and it is one line that can be seen');
  t.match(curl({ head: 'POST /a HTTP/1.0\r\nHost: h', tls: false, tunnel: false }), /--http1\.0 -X POST/);
  t.end();
});
