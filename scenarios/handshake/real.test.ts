import t from 'tap';
import { tryAt } from '../../harness/testing/controls.js';
import { needingReal, realServer } from '../../harness/testing/real-server.js';
import bodyOfLength from './body-of-length.check.js';
import byOptions from './by-options.check.js';
import hixie75 from './hixie-75.check.js';
import hixie76 from './hixie-76.check.js';
import upgradeOther from './upgrade-other.check.js';

t.jobs = 2;

t.test('the first drafts are found at faye-websocket, which speaks them', needingReal(), async (t) => {
  const origin = realServer({ script: 'faye', package: 'websocket-extensions-0.1.4' });
  t.match(await tryAt(hixie75, { origin }), { outcome: 'fail', actualText: 'accepted as the draft has it' });
  t.match(await tryAt(hixie76, { origin }), {
    outcome: 'fail',
    actualText: 'accepted, and its challenge was answered',
  });
});

t.test('the package websocket looks at neither the method nor the protocol', needingReal(), async (t) => {
  const origin = realServer({ script: 'websocket', package: 'websocket' });
  t.match(await tryAt(byOptions, { origin }), { outcome: 'fail' });
  t.match(await tryAt(upgradeOther, { origin }), { outcome: 'fail' });
});

t.test('bodies are frames to Socket.IO, by Node.js and ws below it', needingReal(), async (t) => {
  const origin = realServer({ script: 'socket.io', package: 'socket.io' });
  const target = { path: '/socket.io/?EIO=4&transport=websocket' };
  t.match(await tryAt(bodyOfLength, { origin, target }), { outcome: 'fail' });
});
