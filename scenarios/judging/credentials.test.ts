import t from 'tap';
import type { Route, Target } from '../../harness/model.js';
import { altered, emptied } from './altered.js';
import { type Credential, credentialsOf, credentialsTold, withCredentials } from './credentials.js';

const target = (given: Partial<Target>): Target => ({
  path: '/feed',
  headers: [],
  allowedOrigins: [],
  subprotocols: [],
  ...given,
});

t.test('what is a credential, and which ones browsers send by themselves', async (t) => {
  const told = (given: Partial<Target>, route?: Route) =>
    credentialsOf(target(given), route).map(({ name, ambient }) => `${name}${ambient ? ' (ambient)' : ''}`);
  t.same(told({ headers: [['Cookie', 'sid=1']] }), ['Cookie (ambient)']);
  t.same(told({ headers: [['authorization', 'Basic YTpi']] }), ['authorization (ambient)']);
  t.same(told({ headers: [['Authorization', 'Bearer abc']] }), ['Authorization']);
  t.same(
    told({
      headers: [
        ['X-Api-Key', 'k'],
        ['User-Agent', 'x'],
        ['Accept', '*/*'],
      ],
    }),
    ['X-Api-Key'],
  );
  t.same(
    told({
      headers: [
        ['Sec-WebSocket-Key', 'k'],
        ['Origin', 'https://a'],
      ],
    }),
    [],
  );
  t.same(told({ path: '/feed?room=7&access_token=abc' }), ['access_token']);
  t.same(told({ path: '/feed?key=abc&keyboard=us' }), ['key']);
  t.same(told({ subprotocols: ['chat', 'graphql-transport-ws', 'v12.stomp'] }), []);
  t.same(told({ subprotocols: ['access_token', 'abc'] }), ['subprotocol']);
  t.same(told({}, { url: 'wss://a', cert: 'pem' }), ['client certificate (ambient)']);
  t.equal(
    credentialsTold(credentialsOf(target({ path: '/?ticket=1', headers: [['Cookie', 'a=1']] }))),
    'Cookie and ticket in the URL',
  );
});

t.test('a handshake without them', async (t) => {
  const none = (given: Partial<Target>, route?: Route) =>
    withCredentials(target(given), () => undefined, route);
  t.match(none({ headers: [['Cookie', 'sid=1']] }), { change: { Cookie: undefined }, path: '/feed' });
  t.equal(none({ path: '/feed?room=7&token=abc' }).path, '/feed?room=7');
  t.equal(none({ path: '/feed?token=abc' }).path, '/feed');
  t.same(none({ subprotocols: ['chat', 'access_token', 'abc'] }).subprotocols, ['chat']);
  t.same(none({}, { url: 'wss://a', cert: 'c', key: 'k', ca: 'x' }).route, { url: 'wss://a', ca: 'x' });
});

const header = (name: string, value: string): Credential => ({ in: 'header', name, value, ambient: false });

t.test('one changed in a character keeps its shape', async (t) => {
  t.equal(altered(header('Authorization', 'Bearer aaa.bbb.ccccc')), 'Bearer aaa.bbb.ccdcc');
  t.equal(altered(header('Authorization', 'Bearer abcde')), 'Bearer abdde');
  t.equal(altered(header('Cookie', 'a=123; theme=dark')), 'a=133; theme=dask');
  const basic = altered(header('Authorization', `Basic ${Buffer.from('ann:pass').toString('base64')}`));
  t.equal(Buffer.from(basic.slice(6), 'base64').toString(), 'ann:past');
  t.equal(altered({ in: 'query', name: 'token', value: 'Z', ambient: false }), 'A');
  for (const value of ['x', '12', 'a.b.', '====', '%41%42', '…']) {
    const changed = altered(header('X-Token', value));
    t.not(changed, value);
    t.equal(changed.length, value.length);
  }
});

t.test('one with nothing in it', async (t) => {
  t.equal(emptied(header('Authorization', 'Bearer abc')), 'Bearer ');
  t.equal(emptied(header('Cookie', 'sid=1; a=2')), 'sid=; a=');
  t.equal(emptied(header('X-Api-Key', 'abc')), '');
  t.equal(emptied({ in: 'query', name: 'token', value: 'abc', ambient: false }), '');
});
