import t from 'tap';
import type { Conversation, ConversationEvent } from './capture.js';
import { Recording } from './recording.js';

const place = { title: 'a place', hops: [] };
let port = 40_000;
const connection = (...parts: (string | number)[]): Conversation => {
  let offset = 0;
  const events = parts.map((part): ConversationEvent => {
    const bytes = typeof part === 'string' ? Buffer.from(part) : undefined;
    const length = typeof part === 'number' ? part : part.length;
    offset += length;
    const event = { at: offset, from: 'client', kind: 'data', offset: offset - length, length } as const;
    return bytes ? { ...event, bytes } : event;
  });
  return {
    id: port,
    client: { host: '127.0.0.1', port: port++ },
    upstream: { host: '127.0.0.1', port: 80 },
    events,
  };
};
const tap = (segment: string, ...connections: Conversation[]) => ({ segment, connections, unrecorded: 0 });
const ask = (token: string) => `GET /echo?gauntlet=${token} HTTP/1.1\r\n\r\n`;

t.test('places of one scenario go into the same segments, and connections name their checks', (t) => {
  const recording = new Recording('s');
  t.ok(recording.empty);
  const checks = new Map([
    ['t1', 'opening/upgrade'],
    ['t2', 'limits/size'],
  ]);
  recording.take(
    [tap('client → plain', connection(ask('t1'), ask('t2'), ask('t1'))), tap('plain → plain')],
    place,
    checks,
  );
  recording.take(
    [tap('client → plain', connection('\x16\x03')), tap('plain → plain', connection(ask('t9')))],
    place,
    new Map([['t9', 'keepalive/alone']]),
  );
  const { segments, secrets } = recording.capture(0);
  t.match(
    segments.map(({ name, connections }) => [name, connections.map(({ comment }) => comment)]),
    [
      ['client → plain', ['opening/upgrade, limits/size', undefined]],
      ['plain → plain', ['keepalive/alone']],
    ],
  );
  t.equal(secrets, undefined);
  t.notOk(recording.empty);
  t.end();
});

t.test('the same hop twice has two segments', (t) => {
  const recording = new Recording('s');
  recording.take([tap('plain → plain'), tap('plain → plain')], place, new Map());
  t.equal(recording.capture(0).segments.length, 2);
  t.end();
});

t.test('octets past the bound are counted, and said to be', (t) => {
  const recording = new Recording('s', 10);
  recording.take([tap('a', connection('12345678', 99, 'abc', 'yz'))], place, new Map());
  const { segments, comment } = recording.capture(0);
  t.same(
    segments[0]!.connections[0]!.events.map(({ length, bytes }) => [length, bytes?.length]),
    [
      [8, 8],
      [99, undefined],
      [3, undefined],
      [2, 2],
    ],
  );
  t.match(comment, '3 octets past 10 of the scenario are left out');
  t.end();
});

t.test('the secrets of all ends, each once', (t) => {
  const recording = new Recording('s');
  const line = `CLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}\n`;
  recording.keyLog(Buffer.from(line));
  recording.keyLog(Buffer.from(line));
  t.equal(recording.capture(0).secrets, line);
  t.end();
});
