import { Ajv } from 'ajv';
import t from 'tap';
import type { Evidence, Run } from '../../harness/model.js';
import { hostileRun } from '../testing/hostile.js';
import { emptyRun, sampleRun } from '../testing/sample.js';
import type { Entry } from './entries.js';
import har from './index.js';

const text = { type: 'string' };
const number = { type: 'number' };
const instant = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' };
const object = (properties: Record<string, unknown>) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});
const list = (items: unknown) => ({ type: 'array', items });
const pairs = list(object({ name: text, value: text }));
const head = { httpVersion: text, cookies: list(object({ name: text })), headers: pairs };
const sizes = { headersSize: { type: 'integer', minimum: -1 }, bodySize: { type: 'integer', minimum: -1 } };

/** What HAR 1.2 requires. */
const valid = new Ajv().compile(
  object({
    log: object({
      version: { const: '1.2' },
      creator: object({ name: text, version: text }),
      pages: list(object({ startedDateTime: instant, id: text, title: text, pageTimings: object({}) })),
      entries: list(
        object({
          pageref: text,
          startedDateTime: instant,
          time: { type: 'number', minimum: 0 },
          request: object({
            method: text,
            url: { type: 'string', pattern: '^[a-zA-Z][a-zA-Z0-9+.-]*://' },
            ...head,
            queryString: pairs,
            ...sizes,
          }),
          response: object({
            status: { type: 'integer', minimum: 0 },
            statusText: text,
            ...head,
            content: object({ size: { type: 'integer', minimum: 0 }, mimeType: text }),
            redirectURL: text,
            ...sizes,
          }),
          cache: object({}),
          timings: object({ send: number, wait: number, receive: number }),
        }),
      ),
    }),
  }),
);

const logOf = (run: Run) =>
  (JSON.parse(har.render(run)) as { log: { pages: { id: string }[]; entries: Entry[] } }).log;

/** A run with one finding that has this evidence. */
function runOf(evidence: readonly Evidence[], startedAt = '2025-03-04T05:06:07.000Z'): Run {
  const run = sampleRun();
  return { ...run, startedAt, findings: [{ ...run.findings[0]!, id: 'a › b', evidence }] };
}

const base64 = (octets: string) => Buffer.from(octets, 'latin1').toString('base64');
const entry = (at: number, kind: 'sent' | 'received', mark: Evidence['mark'], octets: string): Evidence => ({
  at,
  by: 'client',
  kind,
  text: '…',
  ...(mark && { mark }),
  bytes: base64(octets),
  of: 't1',
});
const frame = (at: number, kind: 'sent' | 'received', opcode: number, payload: string, more = {}) => ({
  ...entry(at, kind, 'frame', payload),
  frame: { fin: true, rsv: 0, opcode, masked: kind === 'sent', octets: payload.length, ...more },
});
const ASK =
  'GET /echo?gauntlet=t1&x=%20 HTTP/1.1\r\nHost: h.test:81\r\nUpgrade: WebSocket\r\nX-A: 1\r\nX-A: 2\r\n\r\n';
const GIVE = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n';

t.test('is HAR 1.2, whatever the record', (t) => {
  for (const [name, run] of Object.entries({ sampleRun, emptyRun, hostileRun })) {
    const made: unknown = JSON.parse(har.render(run()));
    t.ok(valid(made), `${name}: ${JSON.stringify(valid.errors)}`);
  }
  const odd = runOf([entry(1e300, 'sent', 'request', 'x'), entry(-1e300, 'received', 'response', '')]);
  t.ok(valid(JSON.parse(har.render({ ...odd, startedAt: 'never' }))), JSON.stringify(valid.errors));
  t.end();
});

t.test('heads, times and frames of a WebSocket', (t) => {
  const { pages, entries } = logOf(
    runOf([
      { at: 99, by: 'client', kind: 'note', text: 'TLS established', mark: 'tls', of: 't1' },
      entry(100, 'sent', 'request', ASK),
      entry(112.5, 'received', 'response', GIVE),
      frame(120, 'sent', 1, 'h\xc3\xa9'),
      frame(130.25, 'received', 1, 'fo', { fin: false }),
      frame(131, 'received', 0, 'ur'),
      frame(140, 'received', 1, '\x01\x02', { rsv: 4 }),
      frame(150, 'sent', 1, 'cut', { octets: 5000 }),
      frame(160, 'sent', 8, '\x03\xe8'),
    ]),
  );
  t.match(pages, [{ id: 'a › b', title: /^a › b: / }]);
  t.equal(entries.length, 1);
  const [{ request, response, ...rest }] = entries as [Entry];
  t.same(request, {
    method: 'GET',
    url: 'wss://h.test:81/echo?gauntlet=t1&x=%20',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [
      { name: 'Host', value: 'h.test:81' },
      { name: 'Upgrade', value: 'WebSocket' },
      { name: 'X-A', value: '1' },
      { name: 'X-A', value: '2' },
    ],
    queryString: [
      { name: 'gauntlet', value: 't1' },
      { name: 'x', value: ' ' },
    ],
    headersSize: ASK.length,
    bodySize: 0,
  });
  t.match(response, {
    status: 101,
    statusText: 'Switching Protocols',
    headersSize: GIVE.length,
    bodySize: 0,
  });
  t.match(rest, {
    startedDateTime: '2025-03-04T05:06:07.100Z',
    time: 60,
    timings: { send: 0, wait: 12.5, receive: 47.5 },
    connection: 't1',
    _resourceType: 'websocket',
  });
  const time = 1741064767;
  t.same(rest._webSocketMessages, [
    { type: 'send', time: time + 0.12, opcode: 1, data: 'hé' },
    { type: 'receive', time: time + 0.13025, opcode: 1, data: 'fo', _fin: false },
    { type: 'receive', time: time + 0.131, opcode: 0, data: base64('ur') },
    { type: 'receive', time: time + 0.14, opcode: 1, data: base64('\x01\x02'), _encoding: 'base64' },
    { type: 'send', time: time + 0.15, opcode: 1, data: base64('cut'), _encoding: 'base64', _octets: 5000 },
    { type: 'send', time: time + 0.16, opcode: 8, data: base64('\x03\xe8') },
  ]);
  t.end();
});

t.test('a tunnel, no answer, and each segment by itself', (t) => {
  const other = (by: string): Evidence[] => [
    { ...entry(5, 'sent', 'request', ASK), by },
    {
      ...entry(6, 'received', 'response', 'HTTP/1.0 426 No\r\nLocation: /x\r\nContent-Length: 7\r\n\r\n'),
      by,
    },
  ];
  const { entries } = logOf(
    runOf([
      entry(1, 'sent', 'request', 'CONNECT h.test:81 HTTP/1.1\r\nHost: h.test:81\r\n\r\n'),
      entry(2, 'received', 'response', 'HTTP/1.1 200 Fine\r\n\r\n'),
      entry(3, 'sent', 'request', ASK),
      { at: 9, by: 'client', kind: 'note', text: 'no answer within 6 ms', of: 't1' },
      ...other('squid → nginx'),
      ...other('origin'),
    ]),
  );
  t.match(
    entries.map(({ request, response, comment }) => [request.url, response.status, response._error, comment]),
    [
      ['http://h.test:81', 200, undefined, 'as the client saw it'],
      [/^ws:\/\/h\.test:81\/echo/, 0, 'no answer within 6 ms', 'as the client saw it'],
      [/^ws:\/\/h\.test:81\/echo/, 426, undefined, 'as it was recorded: squid → nginx'],
    ],
    'what the origin saw is the other side of the same',
  );
  t.match(entries[2]!.response, { redirectURL: '/x', content: { size: 7 }, httpVersion: 'HTTP/1.0' });
  t.end();
});
