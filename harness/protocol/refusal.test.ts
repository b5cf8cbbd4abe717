import t from 'tap';
import { upgradeFields } from './handshake.js';
import { parseRequest, requestHead } from './head.js';
import { requestFaults } from './refusal.js';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

function refusal(
  change: Record<string, string | undefined> = {},
  { fields = [], ...line }: { method?: string; version?: string; fields?: [string, string][] } = {},
) {
  const all = upgradeFields({ host: 'a', key: KEY, change, fields });
  return requestFaults(parseRequest(requestHead({ target: '/', ...line, fields: all })));
}

t.test('a right request is accepted', async (t) => {
  t.equal(refusal(), undefined);
  t.equal(refusal({ upgrade: 'WebSocket', connection: 'keep-alive, UPGRADE' }), undefined);
  t.equal(refusal({ upgrade: 'h2c, websocket' }), undefined, 'one of several will do in a request');
  t.equal(refusal({ 'sec-websocket-protocol': 'chat, superchat' }), undefined);
});

t.test('a wrong version is told which is right (RFC 6455 §4.4)', async (t) => {
  for (const version of ['8', '12', '14', '013', '13, 13', 'x', undefined]) {
    const refused = refusal({ 'Sec-WebSocket-Version': version });
    t.match(refused, { status: 426, why: 'Sec-WebSocket-Version does not say 13.' });
    t.same(refused?.fields, [
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Version', '13'],
    ]);
  }
});

t.test('the rest of RFC 6455 §4.2.1', async (t) => {
  t.match(refusal({ 'Transfer-Encoding': 'chunked' }), { status: 400, why: 'A handshake has no body.' });
  t.match(refusal({ upgrade: undefined }), { status: 426 });
  t.match(refusal({ upgrade: 'websockets' }), { status: 426 });
  t.match(refusal({}, { method: 'POST' }), { status: 405, fields: [['Allow', 'GET']] });
  t.match(refusal({}, { version: '2.0' }), { status: 505 });
  t.match(refusal({}, { version: '1.0' }), { status: 400, why: 'The request is older than HTTP/1.1.' });
  t.match(refusal({ host: undefined }), { status: 400 });
  t.match(refusal({}, { fields: [['host', 'b']] }), { status: 400 });
  t.match(refusal({ connection: undefined }), { status: 400 });
  t.match(refusal({ connection: 'upgraded' }), { status: 400 });
  for (const key of [
    undefined,
    '',
    'short',
    'dGhlIHNhbXBsZSBub25jZQ',
    'dGhlIHNhbXBsZSBub25jZTE2Ng==',
    'dGhlIHNhbXBsZ!Bub25jZQ==',
  ]) {
    t.match(refusal({ 'sec-websocket-key': key }), { status: 400 }, String(key));
  }
  t.match(refusal({}, { fields: [['Sec-WebSocket-Key', KEY]] }), { status: 400 }, 'twice');
  t.match(refusal({ 'sec-websocket-protocol': 'a b' }), { status: 400 });
  t.match(refusal({}, { fields: [['X ', 'smuggled']] }), { status: 400, why: /space before colon/ });
});
