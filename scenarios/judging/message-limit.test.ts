import t from 'tap';
import type { Check, Origin } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { tryAt } from '../../harness/testing/controls.js';
import { rawOrigin, wsOrigin } from '../../harness/testing/subjects.js';
import { info } from '../../harness/verdict.js';
import { LIMIT_BUDGET, messageLimit } from './message-limit.js';

const MIB = 1024 * 1024;
const patience = { answerMs: 400 };

const check: Check = {
  title: 'The limit of messages is told',
  requirement: '',
  severity: 'info',
  refs: [],
  judges: 'endpoint',
  budget: LIMIT_BUDGET,
  async run(probe) {
    const [{ taken, refused, unclear }, again] = [await messageLimit(probe), await messageLimit(probe)];
    return info(unclear ?? `${taken / MIB} MiB, then ${refused?.told}`, { same: again.taken === taken });
  },
};

const LIMITS: readonly [string, Origin, string | RegExp][] = [
  ['ws as it comes', wsOrigin({ title: 'ws' }), /^65 MiB, then Close 1009/],
  ['ws with a small limit', wsOrigin({ title: 'ws' }, { maxPayload: 65_536 }), /^0 MiB, then Close 1009/],
  ['ws with none', wsOrigin({ title: 'ws' }, { maxPayload: 0 }), '1024 MiB, then undefined'],
  ['our echo', echo(), /^2 MiB, then Close 1009/],
];

for (const [name, origin, message] of LIMITS) {
  t.test(name, async (t) => {
    const said = await tryAt(check, { origin, patience });
    t.match(said, { outcome: 'info', message, measured: { same: true } });
  });
}

t.test('tells nothing where nothing stays open', async (t) => {
  const origin = wsOrigin({ title: 'impatient' }, {}, (socket) => {
    socket.on('message', (data, binary) => socket.send(data, { binary }));
    setTimeout(() => socket.terminate(), 900);
  });
  t.match(await tryAt(check, { origin, patience: { answerMs: 1500 } }), {
    outcome: 'info',
    message: 'connections end here by themselves',
  });
});

t.test('cannot be tried where there is no WebSocket', async (t) => {
  const origin = rawOrigin({ title: 'page' }, (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  t.match(await tryAt(check, { origin, patience }), { outcome: 'skip' });
});
