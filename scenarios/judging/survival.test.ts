import t from 'tap';
import type { Check } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { frame } from '../../harness/protocol/index.js';
import { tryAt } from '../../harness/testing/controls.js';
import { frail } from '../../harness/testing/frail.js';
import { pass } from '../../harness/verdict.js';
import { survivalConnections, survived } from './survival.js';

const patience = { answerMs: 400 };
const check: Check = {
  title: '',
  requirement: '',
  severity: 'high',
  refs: [],
  budget: { connections: survivalConnections(2) },
  run: (probe) =>
    survived(probe, async () => {
      const peer = await probe.meet();
      peer.send(frame({ opcode: 'text', payload: 'poison', mask: new Uint8Array(4) }));
      await probe.lives(peer);
      await (await probe.meet())[Symbol.asyncDispose]();
      await peer[Symbol.asyncDispose]();
      return pass('it came through');
    }),
};
const poisoned = (octets: Buffer) => octets.includes('poison');

t.test('says what the act says where the server goes on', async (t) => {
  t.match(await tryAt(check, { origin: echo(), patience }), { outcome: 'pass', message: 'it came through' });
});

t.test('finds a server that is gone, though nothing more could be tried at it', async (t) => {
  const origin = frail('dies', poisoned);
  t.match(await tryAt(check, { origin, patience }), {
    outcome: 'fail',
    message: /^nobody is let in any more: reset/,
  });
});

t.test('finds a server that is started anew', async (t) => {
  const origin = frail('restarts', poisoned, { restarts: true });
  t.match(await tryAt(check, { origin, patience }), { outcome: 'fail', message: /^other connections ended/ });
});
