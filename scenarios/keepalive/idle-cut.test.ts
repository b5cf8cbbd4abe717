import t, { type Test } from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { type CuttingOptions, cutting } from '../../proxies/careless/cutting.js';
import { passing } from '../../proxies/plain/index.js';
import { surest } from './idle.js';
import check from './idle-cut.check.js';

t.jobs = 8;

const behind = (options: CuttingOptions) => tryCheck(check, { origin: echo(), via: [cutting(options)] });

t.test('no cut is -1, and says for how long was watched', async (t) => {
  const { outcome, measured, message } = await tryCheck(check, { origin: echo() });
  t.equal(outcome, 'info');
  t.equal(measured?.idleMs, -1);
  t.equal(message, 'not cut within 1500 ms of silence');
});

t.test('a cut that both sides are told of, by a hop that keeps time', async (t) => {
  const { outcome, measured } = await tryCheck(check, { origin: echo(), via: [passing({ idleMs: 700 })] });
  t.equal(outcome, 'info');
  t.match(measured, { idleCutBy: 'plain-proxy', clientSaw: 'fin', originSaw: 'fin' });
  near(t, measured?.idleMs, 700);
});

t.test('a reset', async (t) => {
  const { measured } = await behind({ idleMs: 700, how: 'rst' });
  t.match(measured, { idleCutBy: 'cutting', clientSaw: 'rst', originSaw: 'rst' });
  near(t, measured?.idleMs, 700);
});

t.test('a path that goes dead and tells nobody', async (t) => {
  const { measured } = await behind({ idleMs: 700, how: 'silence' });
  t.match(measured, { idleCutBy: 'cutting', clientSaw: 'nothing', originSaw: 'nothing' });
  near(t, measured?.idleMs, 700);
});

t.test('a reset that only speaking again brings about tells nobody', async (t) => {
  const { measured } = await behind({ idleMs: 700, how: 'forget' });
  t.match(measured, { clientSaw: 'nothing', originSaw: 'nothing' });
  near(t, measured?.idleMs, 700);
});

t.test('a cut that one side is told of', async (t) => {
  const client = await behind({ idleMs: 700, how: 'client-only' });
  t.match(client.measured, { clientSaw: 'fin', originSaw: 'nothing' });
  near(t, client.measured?.idleMs, 700);
  const origin = await behind({ idleMs: 700, how: 'origin-only' });
  t.match(origin.measured, { clientSaw: 'nothing', originSaw: 'fin' });
  near(t, origin.measured?.idleMs, 700);
});

t.test('the origin itself', async (t) => {
  const { measured } = await tryCheck(check, { origin: careless(['closes-idle']), via: [passing()] });
  t.match(measured, { idleCutBy: 'origin', clientSaw: 'fin', originSaw: 'fin' });
  near(t, measured?.idleMs, 700);
});

t.test('a cut at an age is not taken for a cut of silence', async (t) => {
  const { measured, message } = await behind({ ageMs: 700 });
  t.equal(measured?.busyToo, true);
  t.match(message, /^cut at the age of \d+ ms, silent or not, by cutting/);
});

t.test('a hop that cuts some connections and not others does not go by silence', async (t) => {
  const { measured, message } = await behind({ ageMs: 600, oneIn: 3 });
  t.match(measured?.outlivedMs, Number);
  t.match(message, /and not all of them: others lived through \d+ ms of silence/);
});

/** Found where it is; how near it is under load is not a test's business. */
function near(t: Test, found: unknown, trueMs: number): void {
  t.ok(typeof found === 'number' && found > trueMs * 0.85 && found < trueMs * 1.6, `${found} for ${trueMs}`);
}

t.test('rests on what was silent until the cut, and on silence that is known well', async (t) => {
  const rung = (cutMs: number, doubtMs: number, raced = false) => ({
    settledMs: 0,
    doubtMs,
    silentMs: cutMs,
    alive: false,
    cutMs,
    raced,
  });
  const cuts = (...rungs: ReturnType<typeof rung>[]) => surest(rungs).map(({ cutMs }) => cutMs);
  t.same(cuts(rung(957, 1, true), rung(1001, 2), rung(1003, 1)), [1003, 1001], 'nobody spoke at the cut');
  t.same(cuts(rung(957, 1, true)), [957], 'where there is nothing better');
  t.same(cuts(rung(236, 764), rung(1000, 5)), [1000], 'a beginning that was seen late');
  t.same(cuts(rung(236, 764)), [236]);
});
