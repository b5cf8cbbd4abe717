import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import type { Check } from '../model.js';
import { pass } from '../verdict.js';
import { gently } from './gently.js';
import { Slots } from './slots.js';

const check = (more: Partial<Check>): Check => ({
  title: 'a check',
  requirement: 'It MUST.',
  severity: 'low',
  refs: [],
  run: async () => pass('fine'),
  ...more,
});

t.test('checks wait for their connections in order, and never deadlock', async (t) => {
  const slots = new Slots(5);
  const log: string[] = [];
  const one = await slots.take(3);
  const taking = async (count: number, name: string) => {
    const give = await slots.take(count);
    log.push(name);
    return give;
  };
  const two = taking(4, 'four');
  const three = taking(1, 'one');
  await turn();
  t.same(log, [], 'one that could go does not overtake');
  one();
  (await two)();
  (await three)();
  t.same(log, ['four', 'one']);
  (await slots.take(99))();
  t.pass('who wants more than there are takes all');
});

t.test(
  'what is safe goes together, the patient first; what had no room once more; what is not, one at a time and last',
  async (t) => {
    let under = 0;
    let most = 0;
    let open = 0;
    let mostOpen = 0;
    const order: string[] = [];
    const entries = Object.entries({
      crash: check({ reach: 'crash' }),
      flood: check({ reach: 'intrusive' }),
      quick: check({}),
      wide: check({ budget: { atOnce: 6 } }),
      patient: check({ patient: true, budget: { atOnce: 1 } }),
      bomb: check({ reach: 'intrusive' }),
    });
    const harmful: number[] = [];
    await gently(
      entries,
      { connections: 12, signal: new AbortController().signal },
      async ([id, { reach = 'safe', budget }], beside) => {
        order.push(id);
        most = Math.max(most, ++under);
        open += budget?.atOnce ?? 4;
        mostOpen = Math.max(mostOpen, open);
        if (reach !== 'safe') harmful.push(under);
        await turn();
        await turn();
        under--;
        open -= budget?.atOnce ?? 4;
        return id !== 'quick' || !beside;
      },
    );
    t.same(order, ['patient', 'quick', 'wide', 'quick', 'flood', 'bomb', 'crash']);
    t.equal(most, 2);
    t.ok(mostOpen <= 8, `${mostOpen} at most`);
    t.same(harmful, [1, 1, 1]);
  },
);
