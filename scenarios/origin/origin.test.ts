import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { WebSocket, WebSocketServer } from 'ws';
import type { Target } from '../../harness/model.js';
import { tryAt } from '../../harness/testing/controls.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';
import { type Case, tryCases } from '../../harness/testing/verdicts.js';
import { faultsOf, readCookie } from './cookies.js';
import { ALLOWLIST } from './fixes.js';
import foreignToLocal from './foreign-to-local.check.js';
import foreignWithCredentials from './foreign-with-credentials.check.js';
import lookedAt from './looked-at.check.js';
import { dots } from './names.js';
import opaque from './opaque.check.js';
import { originOf } from './policy.js';
import rebinding from './rebinding.check.js';
import refusalStatus from './refusal-status.check.js';
import refusedEarly from './refused-early.check.js';
import { APP, exact, judging, PAGE } from './testing/judging.js';

const COOKIE: Partial<Target> = { ...PAGE, headers: [['Cookie', 'sid=1']] };
const BEARER: Partial<Target> = { ...PAGE, headers: [['Authorization', 'Bearer 1']] };
const open = wsOrigin({ title: 'ws as it comes' });
const wantsCookie = judging('wants a cookie', (_, { headers }) => headers.cookie === 'sid=1');
const wantsToken = judging('wants a token', (_, { headers }) => headers.authorization === 'Bearer 1');
const wantsBoth = judging(
  'wants a cookie and a token',
  (_, { headers }) => headers.cookie === 'sid=1' && headers.authorization === 'Bearer 1',
);
const answersCookie = wsOrigin({ title: 'answers a cookie' }, {}, (socket, { headers }) => {
  if (headers.cookie === 'sid=1') echoes(socket);
});
const orNull = (origin?: string) => origin === APP || origin === 'null';
const late = wsOrigin({ title: 'late' }, {}, (socket, { headers }) =>
  headers.origin === APP ? echoes(socket) : socket.close(1008, 'origin'),
);
const hushed = wsOrigin({ title: 'hushed' }, {}, (socket, { headers }) => {
  if (headers.origin === APP) echoes(socket);
});
const busy = wsOrigin(
  { title: 'busy' },
  { verifyClient: ({ origin }: { origin: string }, done) => done(origin === APP, 429) },
);

const CASES: readonly Case[] = [
  [
    'a cookie that is looked at',
    foreignWithCredentials,
    { origin: wantsCookie, target: COOKIE },
    'fail',
    'critical',
  ],
  ['a cookie that is not', foreignWithCredentials, { origin: open, target: COOKIE }, 'warn', 'medium'],
  [
    'a token that no foreign page has',
    foreignWithCredentials,
    { origin: wantsBoth, target: { ...BEARER, headers: [...COOKIE.headers!, ...BEARER.headers!] } },
    'pass',
  ],
  [
    'a cookie without which nobody is answered',
    foreignWithCredentials,
    { origin: answersCookie, target: COOKIE },
    'fail',
    'critical',
  ],
  ['no credentials of browsers', foreignWithCredentials, { origin: wantsToken, target: BEARER }, 'skip'],
  ['a late refusal is one', foreignWithCredentials, { origin: late, target: COOKIE }, 'pass'],
  [
    'silence is no answer',
    foreignWithCredentials,
    { origin: hushed, target: COOKIE },
    'skip',
    undefined,
    /not clear/,
  ],
  ['local, and guarded by a token', foreignToLocal, { origin: wantsToken, target: BEARER }, 'skip'],
  ['local, and guarded by a cookie', foreignToLocal, { origin: wantsCookie, target: COOKIE }, 'skip'],
  ['a token guards', lookedAt, { origin: wantsToken, target: BEARER }, 'warn', 'low'],
  ['others judge what comes of it', lookedAt, { origin: open, target: PAGE }, 'info'],
  [
    'nobody looks at Origin',
    opaque,
    { origin: open, target: PAGE },
    'skip',
    undefined,
    /does not look at Origin/,
  ],
  ['too many attempts tell nothing', opaque, { origin: busy, target: PAGE }, 'skip', undefined, /not clear/],
  [
    'no origin is let in',
    opaque,
    { origin: judging('none', (origin) => origin === undefined) },
    'skip',
    undefined,
    /--origin/,
  ],
  ['null, without credentials', opaque, { origin: judging('null', orNull), target: PAGE }, 'fail', 'medium'],
  [
    'null, with a cookie',
    opaque,
    {
      origin: judging('null', (origin, { headers }) => orNull(origin) && headers.cookie === 'sid=1'),
      target: COOKIE,
    },
    'fail',
    'high',
  ],
  [
    'null, with a token',
    opaque,
    {
      origin: judging(
        'null',
        (origin, { headers }) => orNull(origin) && headers.authorization === 'Bearer 1',
      ),
      target: BEARER,
    },
    'fail',
    'low',
  ],
  ['no Origin is looked at', rebinding, { origin: open }, 'skip'],
  ['let in', refusedEarly, { origin: open, target: PAGE }, 'skip'],
  ['refused late', refusalStatus, { origin: late, target: PAGE }, 'skip'],
];

t.test('what a foreign page gains decides', async (t) => {
  await tryCases(t, CASES);
});

t.test('where the user says no origin, the server’s own is tried', async (t) => {
  t.equal(originOf('wss://example.com/feed'), 'https://example.com');
  t.equal(originOf('ws://127.0.0.1:8080/'), 'http://127.0.0.1:8080');
  const own = judging(
    'its own',
    (origin, { headers }) => origin === undefined || origin === `http://${headers.host}`,
  );
  t.equal((await tryAt(opaque, { origin: own })).outcome, 'pass');
  t.equal((await tryAt(refusedEarly, { origin: exact, target: PAGE })).outcome, 'pass');
});

t.test('dots, each in turn', async (t) => {
  t.same(dots('www.example.com'), ['wwwxexample.com', 'www.examplexcom']);
});

t.test('what a cookie lacks', async (t) => {
  const faults = (field: string, secure = true) => faultsOf(readCookie(field), secure);
  t.same(faults('__Host-s=1; Path=/; Secure; HttpOnly; SameSite=Strict'), []);
  t.same(faults('s=1;HTTPONLY;samesite=None ;secure'), ['SameSite=None']);
  t.same(faults('s=1; HttpOnly; SameSite=Lax', false), []);
  t.match(faults('s=1; Domain=example.com').join(), /no SameSite,no Secure,no HttpOnly,a Domain/);
});

t.test('the remedy for ws lets in the origin that it lists, and no other', async (t) => {
  const server = createServer();
  new Function('server', 'WebSocketServer', ALLOWLIST.ws!)(server, WebSocketServer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const came = (origin: string) =>
    new Promise<string>((resolve) => {
      const client = new WebSocket(url, { origin });
      client.once('open', () => resolve('open')).once('error', ({ message }) => resolve(message));
      client.once('open', () => client.terminate());
    });
  t.equal(await came(APP), 'open');
  t.match(await came('https://foreign.example'), /403/);
  server.close();
  server.closeAllConnections();
});
