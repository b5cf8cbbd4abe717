import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { WebSocket, WebSocketServer } from 'ws';
import type { Target } from '../../harness/model.js';
import type { Control } from '../../harness/testing/controls.js';
import { echoes, httpOrigin, wsOrigin } from '../../harness/testing/subjects.js';
import { type Case, tryCases } from '../../harness/testing/verdicts.js';
import { isLogin } from './anonymous.js';
import clearText from './clear-text.check.js';
import emptyCredentials from './empty-credentials.check.js';
import { BEFORE } from './fixes.js';
import idleBeforeLogin from './idle-before-login.check.js';
import otherUsersObject from './other-users-object.check.js';
import { compare } from './samples.js';
import { spellingsOf } from './spellings.js';
import { BEARER, guarded, isBearer, TOKEN } from './testing/guarded.js';
import { ANN, asking } from './testing/passwords.js';
import tokenInUrl from './token-in-url.check.js';
import { findToken, unsigned } from './tokens.js';
import unsignedToken from './unsigned-token.check.js';
import upgradeGuarded from './upgrade-guarded.check.js';
import userToldByAnswer from './user-told-by-answer.check.js';
import withoutCredentials from './without-credentials.check.js';
import wrongCredentials from './wrong-credentials.check.js';

const open = wsOrigin({ title: 'looks at nothing' });
/** Answers who logged in, and nobody else. */
const answersOnly = (late: boolean) =>
  wsOrigin({ title: 'answers who logged in' }, {}, (socket, request) => {
    if (isBearer(request)) echoes(socket);
    else if (late) socket.close(4401, 'unauthorized');
  });
const silent = wsOrigin({ title: 'says nothing' }, {}, () => {});
const refusesPlain = httpOrigin({ title: 'refuses plain requests' }, (server) => {
  server.on('request', (_, response) => response.writeHead(403).end());
});
const ticket: Partial<Target> = { path: '/echo?ticket=7c1f' };
const letters = (who: 'all' | 'ann' | 'nobody'): Control => ({
  origin: wsOrigin({ title: `answers ${who}` }, {}, (socket, { headers }) => {
    socket.on('message', () => {
      if (who === 'all' || (who === 'ann' && headers.cookie === 'user=ann')) socket.send('Dear Ann');
    });
  }),
  target: {
    hello: 'letters of ann',
    expect: /Dear Ann/,
    headers: [['Cookie', 'user=ann']],
    as: { name: 'ann', headers: [['Cookie', 'user=ann']] },
    other: { name: 'bob', headers: [['Cookie', 'user=bob']] },
  },
});

const CASES: readonly Case[] = [
  ['none are given', withoutCredentials, { origin: open }, 'skip'],
  [
    'refused after the 101',
    withoutCredentials,
    { origin: answersOnly(true), target: BEARER },
    'pass',
    undefined,
    /4401/,
  ],
  [
    'a 101, and then silence',
    withoutCredentials,
    { origin: answersOnly(false), target: BEARER },
    'warn',
    'medium',
  ],
  ['no sign but that it is open', withoutCredentials, { origin: silent, target: BEARER }, 'warn', 'medium'],
  ['let in without any', wrongCredentials, { origin: open, target: BEARER }, 'skip'],
  ['a wrong password', wrongCredentials, { origin: asking('knows ann', () => 401), target: ANN }, 'pass'],
  ['refused by a fault', wrongCredentials, { origin: asking('falters', () => 500), target: ANN }, 'warn'],
  ['too many attempts', emptyCredentials, { origin: asking('is busy', () => 429), target: ANN }, 'skip'],
  ['no token', unsignedToken, { origin: asking('knows ann', () => 401), target: ANN }, 'skip'],
  ['plain requests are refused to all', upgradeGuarded, { origin: refusesPlain, target: BEARER }, 'skip'],
  ['on this machine', clearText, { origin: open, target: BEARER }, 'fail', 'low'],
  ['a ticket that is good again', tokenInUrl, { origin: open, target: ticket }, 'fail', 'high'],
  [
    'a token in the URL',
    tokenInUrl,
    { origin: open, target: { path: '/?access_token=1' } },
    'warn',
    'medium',
  ],
  ['no login is known', idleBeforeLogin, { origin: open }, 'skip'],
  [
    'no connection without credentials',
    idleBeforeLogin,
    { origin: guarded('a token', isBearer), target: BEARER },
    'pass',
  ],
  ['silent to strangers, for ever', idleBeforeLogin, { origin: answersOnly(false), target: BEARER }, 'warn'],
  [
    'no two users',
    otherUsersObject,
    { origin: open, target: { hello: 'a', expect: /a/ } },
    'skip',
    undefined,
    /--as/,
  ],
  ['everybody gets it', otherUsersObject, letters('all'), 'fail', 'high'],
  ['the other gets no answer', otherUsersObject, letters('ann'), 'pass'],
  ['nobody gets it', otherUsersObject, letters('nobody'), 'skip'],
  ['a user that is not told', userToldByAnswer, { origin: open, target: ANN }, 'skip'],
];

t.test('who is let in, and by what', async (t) => {
  await tryCases(t, CASES);
});

t.test('a first message that logs in', async (t) => {
  for (const hello of ['{"type":"auth","token":"x"}', '{"type":"connection_init"}', 'CONNECT\n\n\0'])
    t.ok(isLogin(hello));
  for (const hello of [undefined, '{"subscribe":"prices"}', 'reconnect'])
    t.notOk(isLogin(hello), hello ?? 'none');
});

t.test('other spellings of a path, with its query', async (t) => {
  const all = spellingsOf('/ws/feed?room=7');
  for (const one of ['/ws/feed/?room=7', '//ws/feed?room=7', '/WS/FEED?room=7', '/ws/fee%64?room=7'])
    t.ok(all.includes(one), one);
  t.notOk(all.includes('/ws/feed?room=7'));
  t.ok(spellingsOf('/').every((one) => one !== '/' && one.startsWith('/')));
});

t.test('a token without its signature', async (t) => {
  const target = {
    path: `/?t=${TOKEN}`,
    headers: [['Cookie', `a=1; jwt=${TOKEN}`]] as const,
    allowedOrigins: [],
    subprotocols: [],
  };
  t.equal(findToken(target), TOKEN);
  const [none] = unsigned(TOKEN);
  t.match(Buffer.from(none!.value.split('.')[0]!, 'base64url').toString(), /"alg":"none"/);
  t.ok(
    unsigned(TOKEN).every(({ value }) => value.endsWith('.') && value.split('.')[1] === TOKEN.split('.')[1]),
  );
});

t.test('the remedy for ws lets in whom it knows, and no other', async (t) => {
  const server = createServer();
  const userOf = async ({ headers }: IncomingMessage) =>
    headers.authorization === 'Bearer 1' ? 'ann' : undefined;
  new Function('server', 'WebSocketServer', 'userOf', BEFORE.ws!)(server, WebSocketServer, userOf);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const came = (authorization: string) =>
    new Promise<string>((resolve) => {
      const client = new WebSocket(url, { headers: { authorization } });
      client.once('open', () => resolve('open')).once('error', ({ message }) => resolve(message));
      client.once('open', () => client.terminate());
    });
  t.equal(await came('Bearer 1'), 'open');
  t.match(await came('Bearer 2'), /401/);
  server.close();
  server.closeAllConnections();
});

t.test('times that differ, and times that do not', async (t) => {
  const apart = compare([10, 11, 12, 13], [1, 2, 1, 2]);
  t.equal(apart.apart, 1);
  t.ok(apart.ratio > 5);
  t.equal(compare([1, 2, 3], [1, 2, 3]).apart, 0.5);
  t.equal(compare([1, 1, 1], [1, 1, 1]).ratio, 1);
});
