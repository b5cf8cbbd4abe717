import t from 'tap';
import type { Check, DialOptions, Knock } from '../model.js';
import { tryAt } from '../testing/controls.js';
import { needingReal, realServer } from '../testing/real-server.js';
import { wsOrigin } from '../testing/subjects.js';
import { info } from '../verdict.js';

const here = await needingReal();

/** What an endpoint of a protocol of its own is known by, and how a second client is received. */
const look = (options: DialOptions = {}) => {
  let knock: Pick<Knock, 'reception' | 'told'> | undefined;
  const check: Check = {
    title: 't',
    requirement: 'It MUST.',
    severity: 'low',
    refs: [],
    judges: 'endpoint',
    async run(probe) {
      const { sign, again, dialect } = await probe.acquaintance();
      knock = await probe.knock(options);
      const peer = await probe.meet();
      return info(`${sign} ${again} ${dialect?.hello} ${dialect?.expect} ${await probe.lives(peer)}`);
    },
  };
  return { check, knock: () => knock };
};

t.test('a Socket.IO server is greeted as its clients do', here, async (t) => {
  const { check, knock } = look();
  const origin = realServer({ script: 'socket.io', package: 'socket.io' });
  const path = '/socket.io/?EIO=4&transport=websocket';
  const { message } = await tryAt(check, { origin, target: { path } });
  t.equal(message, 'expected pong 40 /^40/ true');
  t.match(knock(), { reception: 'accepted', told: /^101, then the message "40{/ });
});

t.test('a SockJS server opens by itself; its raw endpoint is a plain one', here, async (t) => {
  const origin = realServer({ script: 'sockjs', package: 'sockjs' });
  const framed = await tryAt(look().check, { origin, target: { path: '/echo/000/abc/websocket' } });
  t.equal(framed.message, 'expected pong undefined /^o$/ true');
  const raw = await tryAt(look().check, { origin, target: { path: '/echo/websocket' } });
  t.equal(raw.message, 'echo echo undefined undefined true');
});

t.test('who opens first and then looks at the Origin has refused', here, async (t) => {
  const path = '/sockjs-node/000/abc/websocket';
  const server = (version: string) =>
    realServer({ script: 'webpack-dev-server', package: `webpack-dev-server-${version}` });
  const { check, knock } = look();
  const foreign = look({ change: { Origin: 'https://evil.example' } });
  const target = { path, origin: 'http://localhost' };
  await tryAt(check, { origin: server('3.1.14'), target });
  t.equal(knock()?.reception, 'accepted');
  await tryAt(foreign.check, { origin: server('3.1.14'), target });
  t.equal(foreign.knock()?.reception, 'late');
  // The first version to look at it turned everybody away.
  const { outcome, message } = await tryAt(check, { origin: server('3.1.11'), target });
  t.equal(outcome, 'skip');
  t.match(message, /^no baseline here: the 101 was followed by /);
});

const OPEN = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}';

t.test('Socket.IO 2 lets everybody in unasked', async (t) => {
  const origin = wsOrigin({ title: 'Socket.IO 2' }, {}, (socket) => {
    socket.send(OPEN);
    socket.send('40');
  });
  const { message } = await tryAt(look().check, { origin, target: { path: '/' } });
  t.equal(message, 'expected pong undefined /^40/ true');
});

t.test('a connect that is turned down is a refusal, though the connection stays open', async (t) => {
  const origin = wsOrigin({ title: 'guarded' }, {}, (socket, { headers }) => {
    socket.send(OPEN);
    const answer = headers.origin === undefined ? '40{"sid":"b"}' : '44{"message":"not allowed"}';
    socket.on('message', (data) => String(data) === '40' && socket.send(answer));
  });
  const { check, knock } = look({ headers: [['Origin', 'https://evil.example']] });
  await tryAt(check, { origin, target: { path: '/' }, patience: { answerMs: 300 } });
  t.match(knock(), { reception: 'late', told: /44/ });
});

t.test('who wants to be asked otherwise is known by what came first', async (t) => {
  const origin = wsOrigin({ title: 'Engine.IO' }, {}, (socket) => socket.send(OPEN));
  const patience = { answerMs: 300 };
  const { message } = await tryAt(look().check, { origin, target: { path: '/' }, patience });
  t.match(message, /^expected pong undefined .*"sid".* true$/);
  // What the user says goes before what is guessed.
  const said = await tryAt(look().check, { origin, target: { path: '/', expect: /^0/ }, patience });
  t.match(said.message, /^expected pong undefined undefined true$/);
});
