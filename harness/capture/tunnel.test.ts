import t from 'tap';
import type { Conversation, ConversationEvent } from './capture.js';
import { insides } from './tunnel.js';

/** `[from, octets | 'FIN' | number of octets that were not kept]`, a millisecond apart. */
type Step = readonly [from: 'client' | 'server', what: string | number];

function connection(...steps: Step[]): Conversation {
  const sent = { client: 0, server: 0 };
  const events = steps.map(([from, what], at): ConversationEvent => {
    const offset = sent[from];
    if (what === 'FIN') return { at, from, kind: 'fin', offset, length: 0 };
    const length = typeof what === 'number' ? what : what.length;
    sent[from] += length;
    const bytes = typeof what === 'string' ? { bytes: Buffer.from(what, 'latin1') } : {};
    return { at, from, kind: 'data', offset, length, ...bytes };
  });
  return {
    id: 3,
    client: { host: '127.0.0.1', port: 40_000 },
    upstream: { host: '127.0.0.1', port: 3128 },
    events,
  };
}

const inside = (...steps: Step[]) => insides({ name: 'client → squid', connections: [connection(...steps)] });
const told = (segment: ReturnType<typeof insides>) =>
  segment?.connections
    .flatMap(({ events }) => events)
    .map(({ at, from, kind, offset, length, bytes }) =>
      [at, from, kind, offset, length, ...(bytes ? [Buffer.from(bytes).toString('latin1')] : [])].join(' '),
    );

const ASK = 'CONNECT [::1]:8080 HTTP/1.1\r\nHost: x\r\n\r\n';
const YES = 'HTTP/1.1 200 Connection established\r\n\r\n';

t.test('a tunnel in clear, without the heads before it', (t) => {
  const segment = inside(
    ['client', ASK.slice(0, 9)],
    ['client', `${ASK.slice(9)}early`],
    ['server', YES.slice(0, 30)],
    ['server', `${YES.slice(30)}first`],
    ['client', 'more'],
    ['client', 1000],
    ['client', 'last'],
    ['server', 'FIN'],
  );
  t.match(segment, {
    name: 'client → squid, inside CONNECT',
    connections: [
      {
        client: { host: '192.0.2.1', port: 40_000 },
        upstream: { host: '::1', port: 8080 },
        comment: 'inside CONNECT ::1:8080',
      },
    ],
  });
  t.same(told(segment), [
    '3 client open 0 0',
    '3 server open 0 0',
    '3 client data 0 5 early',
    '3 server data 0 5 first',
    '4 client data 5 4 more',
    '5 client data 9 1000',
    '6 client data 1009 4 last',
    '7 server fin 5 0',
  ]);
  t.end();
});

t.test('where there is none', (t) => {
  t.equal(
    inside(['client', ASK], ['server', YES], ['client', '\x16\x03\x01']),
    undefined,
    'TLS opens as it is',
  );
  t.equal(
    inside(['client', ASK], ['server', 'HTTP/1.1 403 No\r\n\r\n'], ['client', 'x']),
    undefined,
    'refused',
  );
  t.equal(inside(['client', ASK], ['server', YES], ['client', 'FIN']), undefined, 'nothing came');
  t.equal(inside(['client', ASK]), undefined, 'no answer');
  t.equal(inside(['client', 'GET / HTTP/1.1\r\n\r\n'], ['server', YES], ['client', 'x']), undefined);
  t.equal(inside(['client', 'no HTTP at all'], ['server', YES]), undefined);
  t.equal(inside(['client', 7], ['client', ASK], ['server', YES], ['client', 'x']), undefined, 'not kept');
  t.end();
});

t.test('one direction that is not kept whole', (t) => {
  const segment = inside(['client', ASK], ['server', `${YES}x`], ['client', 'hello'], ['server', 10]);
  t.same(told(segment)?.at(-1), '3 server data 1 10');
  t.end();
});
