import t from 'tap';
import { parseRequest } from '../protocol/index.js';
import { replyTo } from './reply.js';

const RIGHT = [
  'Host: gauntlet.test',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
];
const reply = (lines: readonly string[], ...sins: string[]) =>
  replyTo(parseRequest(Buffer.from(`GET /echo HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)), new Set(sins));

t.test('a right handshake is agreed to, with the value that belongs to its key', async (t) => {
  const { status, agreed, fields } = reply([...RIGHT, 'Sec-WebSocket-Protocol: Chat.V2, chat.v1']);
  t.match({ status, agreed }, { status: 101, agreed: true });
  t.same(fields, [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Accept', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='],
    ['Sec-WebSocket-Protocol', 'Chat.V2'],
  ]);
});

t.test('a wrong one is refused as RFC 6455 §4.2 has it, but for the sin', async (t) => {
  const version = [...RIGHT.slice(0, 4), 'Sec-WebSocket-Version: 777'];
  t.match(reply(version), { status: 426, agreed: false });
  t.ok(reply(version).fields.some(([name, value]) => name === 'Sec-WebSocket-Version' && value === '13'));
  t.same(reply(version, 'no-version-list').fields, []);
  t.match(reply(version, 'any-version'), { status: 101, agreed: true });
  t.match(reply(RIGHT.slice(0, 3)), { status: 426 });
  t.match(reply([...RIGHT.slice(0, 3), RIGHT[4]!]), { status: 400 });
  t.match(reply([...RIGHT.slice(0, 3), RIGHT[4]!], 'any-key'), { status: 101, agreed: true });
});

t.test('an upgrade to TLS is taken up by who does that, and is no WebSocket', async (t) => {
  const lines = ['Host: gauntlet.test', 'Upgrade: TLS/1.0', 'Connection: Upgrade'];
  t.match(reply(lines, 'tls-upgrade'), { status: 101, agreed: false });
  t.match(reply(lines), { status: 426, agreed: false });
});
