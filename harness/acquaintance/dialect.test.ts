import t from 'tap';
import type { Check, DialOptions, Knock } from '../model.js';
import { tryAt } from '../testing/controls.js';
import { needingReal, realServer } from '../testing/real-server.js';
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
