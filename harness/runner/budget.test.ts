import t from 'tap';
import type { Check } from '../model.js';
import { frame } from '../protocol/index.js';
import { SOUND, tryAt } from '../testing/controls.js';
import { pass } from '../verdict.js';

const check = (run: Check['run'], budget: Check['budget']): Check => ({
  ...{ title: 'a check', requirement: 'It MUST.', severity: 'low', refs: [], judges: 'endpoint' },
  budget,
  run,
});

t.test('a check makes no more connections than it may', async (t) => {
  let made = 0;
  const greedy = check(
    async (probe) => {
      for (;;) {
        await using one = await probe.dial();
        if (one.peer) made++;
      }
    },
    { connections: 3 },
  );
  const said = await tryAt(greedy, SOUND);
  t.match(said, {
    outcome: 'error',
    message: 'the check failed: it may make 3 connections and wanted another',
  });
  t.equal(made, 3);
});

t.test('nor has it more of them open at once', async (t) => {
  const wide = check(
    async (probe) => {
      await Promise.all([probe.dial(), probe.dial(), probe.dial()]);
      return pass('all three');
    },
    { atOnce: 2 },
  );
  t.match(await tryAt(wide, SOUND), { outcome: 'error', message: /it may have 2 connections open/ });
});

t.test('nor does it send more octets', async (t) => {
  const loud = check(
    async (probe) => {
      const peer = await probe.meet();
      for (let i = 0; i < 100; i++)
        peer.send(frame({ opcode: 'binary', payload: Buffer.alloc(1000), mask: true }));
      return pass('100 KB');
    },
    { octets: 10_000 },
  );
  t.match(await tryAt(loud, SOUND), { outcome: 'error', message: /it may send 10000 octets/ });
});

t.test('one that hangs is ended when its seconds are over', async (t) => {
  const stuck = check(() => new Promise(() => {}), { seconds: 0.3 });
  t.match(await tryAt(stuck, SOUND), { outcome: 'error', message: 'not finished within 300 ms' });
  const patient = { ...check(() => new Promise(() => {}), { seconds: 0.3 }), patient: true };
  const said = await tryAt(patient, { ...SOUND, patience: { limitMs: 400 } });
  t.match(said, { outcome: 'error', message: 'not finished within 700 ms' });
});
