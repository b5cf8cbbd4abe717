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

t.test('catches a hop that loses pings or pongs, or ends the connection over one', async (t) => {
  const actual = {
    'drop-pings': 'no ping of the server came',
    'drop-pongs': 'no pong of the client came to the server',
    'cut-at-ping': 'the connection ended instead of a ping of the server',
  } as const;
  for (const [sin, actualText] of Object.entries(actual)) {
    const via = [carelessHop({ sin: sin as keyof typeof actual })];
    const said = await tryCheck(check, { origin: echo(), via });
    t.match(said, { outcome: 'fail', blame: 'careless-hop', actualText }, sin);
  }
});

t.test('says nothing where pongs come, but late', async (t) => {
  const via = [carelessHop({ sin: 'delay', delayMs: 70 })];
  t.match(await tryCheck(check, { origin: echo(), via }), { outcome: 'skip' });
});
