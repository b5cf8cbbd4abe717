import t from 'tap';
import { after, within } from './patience.js';

const heldUpFor = (ms: number) => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

t.test('what comes while this process is held up is not late', async (t) => {
  const answer = new Promise<string>((resolve) => setTimeout(() => setImmediate(resolve, 'here'), 50));
  const waiting = within(200, answer);
  heldUpFor(400);
  t.equal(await waiting, 'here');
});

t.test('what does not come is given up', async (t) => {
  const since = performance.now();
  t.equal(await within(60, new Promise(() => {})), undefined);
  t.ok(performance.now() - since >= 40, 'not before');
});

t.test('what is called off does not act, and a fault is passed on', async (t) => {
  let acted = false;
  after(20, () => {
    acted = true;
  })();
  await new Promise((resolve) => setTimeout(resolve, 80));
  t.notOk(acted);
  await t.rejects(within(1000, Promise.reject(new Error('lost'))), { message: 'lost' });
});
