import fc from 'fast-check';
import t from 'tap';
import { holds } from '../testing/holds.js';
import { ProtocolFault } from './fault.js';
import { parseRequest, parseResponse, requestHead, responseHead, splitHead } from './head.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const request = (fields: string) => parseRequest(latin1(`GET / HTTP/1.1\r\n${fields}\r\n`));

t.test('builds heads byte for byte, whatever is in them', async (t) => {
  const fields = [
    ['hOsT', 'a'],
    ['X', '1'],
    ['x', '2'],
    ['Bad Name', ' spaced '],
  ] as const;
  t.equal(
    text(requestHead({ target: '/echo?a=1', fields })),
    'GET /echo?a=1 HTTP/1.1\r\nhOsT: a\r\nX: 1\r\nx: 2\r\nBad Name:  spaced \r\n\r\n',
  );
  t.equal(
    text(requestHead({ method: 'POST', target: 'http://é/', version: '1.0', fields: [] })),
    'POST http://é/ HTTP/1.0\r\n\r\n',
  );
  t.equal(
    text(responseHead({ status: 101, reason: 'Switching Protocols', fields: [['Upgrade', 'websocket']] })),
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n',
  );
  t.equal(text(responseHead({ version: '1.0', status: 200, fields: [] })), 'HTTP/1.0 200 \r\n\r\n');
});

t.test('cuts a head off', async (t) => {
  const split = (all: string, bound?: number) => {
    const parts = splitHead(latin1(all), bound);
    return parts && [text(parts.head), text(parts.rest)];
  };
  t.same(split('GET / HTTP/1.1\r\nA: b\r\n\r\n\x81\x00'), ['GET / HTTP/1.1\r\nA: b\r\n\r\n', '\x81\x00']);
  t.same(
    split('GET / HTTP/1.1\r\n\r\n\r\n\r\n'),
    ['GET / HTTP/1.1\r\n\r\n', '\r\n\r\n'],
    'the first blank line',
  );
  t.same(split('GET / HTTP/1.1\nA: b\n\nrest'), ['GET / HTTP/1.1\nA: b\n\n', 'rest'], 'bare LF');
  t.same(split('GET / HTTP/1.1\nA: b\n\r\nrest'), ['GET / HTTP/1.1\nA: b\n\r\n', 'rest']);
  t.same(
    split('\r\n\r\nGET / HTTP/1.1\r\n\r\nrest'),
    ['\r\n\r\nGET / HTTP/1.1\r\n\r\n', 'rest'],
    'empty lines first',
  );
  for (const partial of ['', 'GET', 'GET / HTTP/1.1\r\n', 'GET / HTTP/1.1\r\nA: b\r\n\r']) {
    t.equal(split(partial), undefined, JSON.stringify(partial));
  }
});

t.test('a head is at most as long as its bound', async (t) => {
  const head = 'GET / HTTP/1.1\r\n\r\n';
  t.ok(splitHead(latin1(`${head}more than that`), head.length), 'exactly the bound');
  for (const all of [head, `${head}more`, 'x'.repeat(17), '\r\n'.repeat(20)]) {
    t.throws(() => splitHead(latin1(all), head.length - 1), { code: 1009, name: 'ProtocolFault' });
  }
  t.equal(splitHead(latin1('x'.repeat(65535))), undefined);
  t.throws(() => splitHead(latin1('x'.repeat(65536))), { code: 1009 });
});

t.test('reads a request', async (t) => {
  const raw = 'GET /echo?x=%20 HTTP/1.1\r\nHost: a:80\r\nX-A:  one \t\r\nx-a:two\r\nEmpty:\r\n\r\n';
  t.same(parseRequest(latin1(raw)), {
    method: 'GET',
    target: '/echo?x=%20',
    version: '1.1',
    fields: [
      ['Host', 'a:80'],
      ['X-A', 'one'],
      ['x-a', 'two'],
      ['Empty', ''],
    ],
    raw,
    oddities: [],
  });
});

t.test('reads a response', async (t) => {
  const status = (line: string) => parseResponse(latin1(`${line}\r\n\r\n`));
  t.match(status('HTTP/1.1 101 Switching Protocols'), {
    version: '1.1',
    status: 101,
    reason: 'Switching Protocols',
  });
  t.match(status('HTTP/1.0 200 '), { version: '1.0', status: 200, reason: '' });
  t.match(status('HTTP/1.1 426'), { status: 426, reason: '', oddities: [] });
  t.match(status('HTTP/1.1 599 \xe9 and more'), { reason: 'é and more' });
});

t.test('oddities are kept and told', async (t) => {
  const odd = (fields: string, values: readonly (readonly [string, string])[], ...oddities: string[]) => {
    const head = request(fields);
    t.same(head.fields, values, JSON.stringify(fields));
    t.same(head.oddities, oddities);
    t.equal(head.raw, `GET / HTTP/1.1\r\n${fields}\r\n`);
  };
  odd('A: one\r\n  two\r\n\t three\r\n', [['A', 'one two three']], 'obs-fold');
  odd('A:\r\n \r\n two\r\n', [['A', 'two']], 'obs-fold');
  odd(' lost\r\nA: b\r\n', [['A', 'b']], 'obs-fold');
  odd(
    'A: b\nC: d\r\n',
    [
      ['A', 'b'],
      ['C', 'd'],
    ],
    'bare LF',
  );
  odd('A : b\r\n', [['A', 'b']], 'space before colon');
  odd('no colon\r\nA: b\r\n', [['A', 'b']], 'line without a colon');
  odd(': b\r\n', [['', 'b']], 'field name that is not a token');
  odd('A(b): c\r\n', [['A(b)', 'c']], 'field name that is not a token');
  odd('A: b\x00c\r\n', [['A', 'b\x00c']], 'control character in a field');
  odd('A: b\rC: d\r\n', [['A', 'b\rC: d']], 'control character in a field');
  odd('__proto__: x\r\nconstructor: y\r\n', [
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
  const line = (start: string) => parseRequest(latin1(`${start}\r\n\r\n`));
  t.match(line('GET  /  HTTP/1.1'), { target: '/', oddities: ['extra space in the start line'] });
  t.match(line('GET /a b HTTP/1.1'), { target: '/a b', oddities: ['space in the target'] });
  t.match(line('GET /\x01 HTTP/1.1'), { target: '/\x01', oddities: ['control character in the start line'] });
  t.match(line('\r\nGET / HTTP/1.1'), { target: '/', oddities: ['empty line before the start line'] });
});

t.test('what is no head at all is a fault', async (t) => {
  for (const start of [
    '',
    'GET',
    'GET /',
    'GET / HTTP/11',
    'GET / http/1.1',
    'GET  HTTP/1.1',
    ' / HTTP/1.1',
    'G(T / HTTP/1.1',
  ]) {
    t.throws(() => parseRequest(latin1(`${start}\r\n\r\n`)), { code: 1002, name: 'ProtocolFault' }, start);
  }
  for (const start of [
    '',
    'HTTP/1.1',
    'HTTP/1.1 20',
    'HTTP/1.1 2000',
    'HTTP/1.1  200 OK',
    'ICY 200 OK',
    'HTTP/1.1 200OK',
  ]) {
    t.throws(() => parseResponse(latin1(`${start}\r\n\r\n`)), { code: 1002, name: 'ProtocolFault' }, start);
  }
});

t.test('parse(build(x)) = x', async (t) => {
  const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,12}$/);
  const value = fc.stringMatching(/^([!-~\x80-\xff]([ -~\x80-\xff\t]{0,20}[!-~\x80-\xff])?)?$/);
  const fields = fc.array(fc.tuple(token, value), { maxLength: 6 });
  holds(
    t,
    fc.property(token, fields, fc.uint8Array({ maxLength: 9 }), (method, all, more) => {
      const split = splitHead(Buffer.concat([requestHead({ method, target: '/t', fields: all }), more]));
      if (!split || !Buffer.from(more).equals(split.rest)) return false;
      const head = parseRequest(split.head);
      return (
        head.method === method &&
        JSON.stringify(head.fields) === JSON.stringify(all) &&
        head.oddities.length === 0
      );
    }),
  );
});

t.test('no octets make them throw anything but a fault, or take long', async (t) => {
  const piece = fc.constantFrom(
    'GET ',
    '/',
    ' HTTP/1.1',
    '\r\n',
    '\n',
    '\r',
    ':',
    ' ',
    '\t',
    'A: b',
    '\x00',
    '\xff',
    'HTTP/1.1 101',
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all)),
    fc.array(piece, { maxLength: 30 }).map((all) => latin1(all.join(''))),
  );
  const guarded = (work: () => unknown) => {
    try {
      work();
      return true;
    } catch (error) {
      return error instanceof ProtocolFault;
    }
  };
  holds(
    t,
    fc.property(bytes, (all) =>
      [parseRequest, parseResponse, splitHead].every((each) => guarded(() => each(all))),
    ),
    { numRuns: 2000 },
  );
  for (const long of [
    `GET ${' '.repeat(60_000)}x`,
    `GET /\r\n${'\n a'.repeat(20_000)}`,
    'A '.repeat(30_000),
    'a:'.repeat(30_000),
  ]) {
    t.ok(guarded(() => parseRequest(latin1(long))));
    t.ok(guarded(() => parseRequest(latin1(`GET / HTTP/1.1\r\n${long}\r\n\r\n`))));
    t.ok(guarded(() => parseResponse(latin1(`HTTP/1.1 200 ${long}`))));
  }
});
