import t from 'tap';
import { faultsOf } from './answer.js';
import { parseResponse, responseHead } from './head.js';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = ['Sec-WebSocket-Accept', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='] as const;
const RIGHT = [['Upgrade', 'websocket'], ['Connection', 'Upgrade'], ACCEPT] as const;
type Fields = readonly (readonly [string, string])[];

function faults(
  fields: Fields,
  asked: { subprotocols?: string[]; extensions?: string } = {},
  status = 101,
): string[] {
  return faultsOf(parseResponse(responseHead({ status, reason: 'x', fields })), { key: KEY, ...asked });
}

t.test('a right answer, in any case and with more in its lists', async (t) => {
  t.same(faults(RIGHT), []);
  t.same(faults([['UPGRADE', 'WebSocket'], ['connection', 'keep-alive, upgrade'], ACCEPT]), []);
  t.same(faults(RIGHT, { subprotocols: ['chat'] }), [], 'no subprotocol need be chosen');
  t.same(faults([...RIGHT, ['Sec-WebSocket-Protocol', 'chat']], { subprotocols: ['soap', 'chat'] }), []);
});

t.test('each thing that is wrong', async (t) => {
  t.same(faults(RIGHT, {}, 200), ['The status is 200, not 101.']);
  t.same(faults([]), [
    'There is no Upgrade header.',
    'There is no Connection header.',
    'There is no Sec-WebSocket-Accept header.',
  ]);
  const [upgrade, connection] = RIGHT;
  t.same(faults([['Upgrade', 'h2c'], connection, ACCEPT]), ['Upgrade does not say "websocket" alone.']);
  t.same(faults([['Upgrade', 'websocket, h2c'], connection, ACCEPT]), [
    'Upgrade does not say "websocket" alone.',
  ]);
  t.same(faults([upgrade, ['Connection', 'close'], ACCEPT]), ['Connection does not say "Upgrade".']);
  const notFitting = ['Sec-WebSocket-Accept does not fit the key.'];
  t.same(
    faults([upgrade, connection, ['Sec-WebSocket-Accept', 'S3PPLMBiTxaQ9kYGzzhZRbK+xOo=']]),
    notFitting,
    'case counts',
  );
  t.same(faults([upgrade, connection, ['Sec-WebSocket-Accept', KEY]]), notFitting);
  t.same(faults([...RIGHT, ACCEPT]), ['There are several Sec-WebSocket-Accept headers.']);
});

t.test('subprotocols that were not asked for', async (t) => {
  const protocol = (value: string) => ['Sec-WebSocket-Protocol', value] as const;
  const unasked = ['Sec-WebSocket-Protocol names a subprotocol that was not asked for.'];
  t.same(faults([...RIGHT, protocol('chat')]), unasked);
  t.same(faults([...RIGHT, protocol('Chat')], { subprotocols: ['chat'] }), unasked, 'case counts');
  t.same(faults([...RIGHT, protocol('a, b')], { subprotocols: ['a', 'b'] }), unasked, 'one at most');
  t.same(faults([...RIGHT, protocol('')], { subprotocols: ['a'] }), unasked);
  t.same(faults([...RIGHT, protocol('a'), protocol('a')], { subprotocols: ['a'] }), [
    'There are several Sec-WebSocket-Protocol headers.',
  ]);
});

t.test('extensions that were not asked for', async (t) => {
  const extensions = (value: string, asked?: string) =>
    faults([...RIGHT, ['Sec-WebSocket-Extensions', value]], asked === undefined ? {} : { extensions: asked });
  const unasked = ['Sec-WebSocket-Extensions names an extension that was not asked for.'];
  t.same(extensions('permessage-deflate'), unasked);
  t.same(extensions('permessage-deflate', 'permessage-deflate'), []);
  t.same(extensions('constructor', 'permessage-deflate'), unasked);
  t.same(extensions('x, x', 'x'), ['Sec-WebSocket-Extensions names an extension twice.']);
  t.same(extensions('x; "', 'x'), ['Sec-WebSocket-Extensions has no parameter name at character 3.']);
  t.same(extensions('x', 'x; ;'), unasked, 'a malformed offer asks for nothing');
  const bits = 'permessage-deflate; client_max_window_bits=10';
  t.equal(extensions(bits, 'permessage-deflate').length, 1);
  t.same(
    extensions(bits, 'permessage-deflate, permessage-deflate; client_max_window_bits'),
    [],
    'any offer will do',
  );
});
