import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';

import { passing } from '../../proxies/plain/index.js';
import check from './dead-client-noticed.check.js';

t.jobs = 4;

t.test('passes where frames are tunnelled', async (t) => {
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'pass');
  t.equal((await tryCheck(check, { origin: echo(), via: [passing()] })).outcome, 'pass');
});

t.test('catches a hop that answers for a dead client', async (t) => {
  const via = [carelessHop({ sin: 'swallow-pings' })];
  const { outcome, blame } = await tryCheck(check, { origin: echo(), via });
  t.equal(outcome, 'fail');
  t.equal(blame, 'careless-hop');
});

t.test('is skipped where no ping passes, so that any client is given up', async (t) => {
  const via = [carelessHop({ sin: 'drop-pings' })];
  const { outcome } = await tryCheck(check, { origin: echo(), via });
  t.equal(outcome, 'skip');
});
