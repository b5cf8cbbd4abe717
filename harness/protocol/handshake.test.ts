import t from 'tap';
import { acceptValue, freshKey, upgradeFields } from './handshake.js';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

t.test('Sec-WebSocket-Accept: the vector of RFC 6455 §1.3', async (t) => {
  t.equal(acceptValue(KEY), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

t.test('a fresh key each time: sixteen octets in base64', async (t) => {
  const keys = new Set(Array.from({ length: 200 }, freshKey));
  t.equal(keys.size, 200);
  for (const key of keys) t.match(key, /^[+/0-9A-Za-z]{22}==$/);
});

t.test('fields in their order', async (t) => {
  const all = upgradeFields({
    host: 'example.com',
    key: KEY,
    subprotocols: ['chat', 'superchat'],
    extensions: 'permessage-deflate',
    fields: [
      ['Origin', 'http://a'],
      ['X', '1'],
      ['X', '2'],
    ],
  });
  t.same(all, [
    ['Host', 'example.com'],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', KEY],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Protocol', 'chat, superchat'],
    ['Sec-WebSocket-Extensions', 'permessage-deflate'],
    ['Origin', 'http://a'],
    ['X', '1'],
    ['X', '2'],
  ]);
  t.equal(upgradeFields({ host: 'a', key: KEY }).length, 5);
});

t.test('changes: said otherwise, left out, added', async (t) => {
  const change = {
    'SEC-websocket-VERSION': '8',
    connection: undefined,
    'Sec-WebSocket-Extensions': 'x',
    absent: undefined,
  };
  t.same(upgradeFields({ host: 'a', key: KEY, change }), [
    ['Host', 'a'],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Key', KEY],
    ['SEC-websocket-VERSION', '8'],
    ['Sec-WebSocket-Extensions', 'x'],
  ]);
});
