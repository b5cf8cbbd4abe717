import t from 'tap';
import type { Evidence } from '../../../harness/model.js';
import { app } from '../../testing/app.js';
import { frameEntry } from '../../testing/sample-wire.js';

const { faultsOf } = await app<{
  faultsOf(ordered: Evidence[]): Map<Evidence, { text: string; ref: string }[]>;
}>('rules');

type Change = Partial<NonNullable<Evidence['frame']>>;
const changed = (entry: Evidence, change: Change): Evidence => ({
  ...entry,
  frame: { ...entry.frame!, ...change },
});
const client = (opcode: number, payload = 'a', change: Change = {}, at = 1) =>
  changed(frameEntry(at, 'client', 'sent', opcode, payload), change);
const server = (opcode: number, payload = 'a', change: Change = {}, at = 1) =>
  changed(frameEntry(at, 'origin', 'sent', opcode, payload), change);
const refs = (...entries: Evidence[]) =>
  [...faultsOf(entries).values()].flat().map(({ ref }) => ref.replace('RFC 6455 ', ''));
const agreed: Evidence = {
  at: 0,
  by: 'client',
  kind: 'received',
  text: 'HTTP 101',
  mark: 'response',
  of: '3f9a',
  bytes: Buffer.from('HTTP/1.1 101 x\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n').toString(
    'base64',
  ),
};

t.test('what is right breaks nothing', (t) => {
  t.same(refs(client(1), client(2), client(9), client(10), client(8, '\x03\xe8bye')), []);
  t.same(refs(server(1), server(2), server(9), server(10), server(8, '')), []);
  t.same(refs(client(1, 'a', { fin: false }), client(9), client(0)), [], 'a ping within a message');
  t.end();
});

t.test('each rule has its section', (t) => {
  t.same(refs(client(1, 'a', { masked: false })), ['§5.1']);
  t.same(refs(server(1, 'a', { masked: true })), ['§5.1']);
  t.same(refs(frameEntry(1, 'origin', 'received', 1, 'a', false)), ['§5.1'], 'as the origin sees it');
  t.same(refs(frameEntry(1, 'squid → nginx', 'sent', 1, 'a', false)), ['§5.1'], 'as a segment carries it');
  t.same(refs(frameEntry(1, 'squid → nginx', 'received', 1, 'a', false)), []);
  t.same(refs(client(1, 'a', { rsv: 2 })), ['§5.2']);
  t.same(refs(client(3)), ['§5.2']);
  t.same(refs(client(11)), ['§5.2']);
  t.same(refs(client(9, 'a', { octets: 126 })), ['§5.5']);
  t.same(refs(client(9, 'a', { fin: false })), ['§5.5']);
  t.same(refs(client(0)), ['§5.4']);
  t.same(refs(client(1, 'a', { fin: false }), client(1)), ['§5.4']);
  t.same(refs(client(8, '\x03\xe8'), client(1)), ['§5.5.1']);
  t.same(refs(client(8, 'x')), ['§5.5.1']);
  t.same(refs(client(8, '\x03\xed')), ['§7.4'], '1005');
  t.same(refs(client(8, '\x03\xe7')), ['§7.4'], '999');
  t.same(refs(client(8, '\x0b\xb8')), [], '3000');
  t.same(refs(client(8, '\x03\xe8\xff')), ['§5.5.1'], 'a reason that is not UTF-8');
  t.same(refs(client(1, '\xc3\x28')), ['§8.1']);
  t.end();
});

t.test('compression makes RSV1 right on data, and on nothing else', (t) => {
  t.same(refs(client(1, 'a', { rsv: 4 })), ['§5.2'], 'not agreed on');
  t.same(refs(agreed, client(1, '\xff', { rsv: 4 })), [], 'and its octets are no text');
  t.same(refs(agreed, client(9, 'a', { rsv: 4 })), ['RFC 7692 §6']);
  t.same(refs(agreed, client(1, 'a', { rsv: 5 })), ['RFC 7692 §6']);
  t.same(refs(agreed, client(1, 'a', { rsv: 4, fin: false }), client(0, 'a', { rsv: 4 })), ['RFC 7692 §6']);
  t.end();
});

t.test('what was cut off is not judged by its content', (t) => {
  t.same(refs(client(1, '\xc3', { octets: 2 })), []);
  t.same(refs(client(8, 'x', { octets: 2 })), []);
  t.end();
});

t.test('sides and connections are told apart', (t) => {
  const open = client(1, 'a', { fin: false });
  t.same(refs(open, server(1)), []);
  t.same(refs(open, { ...client(1), of: 'another' }), []);
  t.same(refs(open, frameEntry(2, 'origin', 'received', 1, 'a')), []);
  t.end();
});
