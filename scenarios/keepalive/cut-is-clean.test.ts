import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { type Cut, cutting } from '../../proxies/careless/cutting.js';
import { passing } from '../../proxies/plain/index.js';
import check from './cut-is-clean.check.js';

t.jobs = 6;
const patience = { idleMs: 1200 };

t.test('passes where both sides are told', async (t) => {
  const via = [passing({ idleMs: 700 })];
  const { outcome, measured } = await tryCheck(check, { origin: echo(), via, patience });
  t.equal(outcome, 'pass');
  t.match(measured, { clientSaw: 'fin', originSaw: 'fin' });
});

for (const [how, seen] of [
  ['silence', 'the client saw nothing, the origin saw nothing'],
  ['client-only', 'the client saw FIN, the origin saw nothing'],
  ['origin-only', 'the client saw nothing, the origin saw FIN'],
] satisfies [Cut, string][]) {
  t.test(`catches a hop that cuts by ${how}`, async (t) => {
    const via = [cutting({ idleMs: 700, how })];
    const { outcome, actualText, blame } = await tryCheck(check, { origin: echo(), via, patience });
    t.equal(outcome, 'fail');
    t.ok(actualText?.endsWith(seen), `${actualText}`);
    t.equal(blame, 'cutting');
  });
}

t.test('does not pass where nothing is cut', async (t) => {
  const { outcome } = await tryCheck(check, { origin: echo(), patience });
  t.equal(outcome, 'info');
});
