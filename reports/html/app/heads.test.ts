import t from 'tap';
import type { Evidence } from '../../../harness/model.js';
import { app } from '../../testing/app.js';
import { serverPings } from '../../testing/sample-wire.js';

interface Head {
  start: string;
  fields: [string, string][];
}
const { parseHead, headRows, headsSeen } = await app<{
  parseHead(text: string): Head;
  headRows(before: Head, after: Head): { fate: string; name: string; before?: string; after?: string }[];
  headsSeen(ordered: Evidence[], mark: string, lanes: string[]): { by: string; head: Head }[];
}>('heads');

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
  t.end();
});
