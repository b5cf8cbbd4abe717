import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import check from './ends-passed.check.js';

t.jobs = 4;

t.test('passes where ends are passed on, and says as what', async (t) => {
  t.match(await tryCheck(check, { origin: echo() }), {
    outcome: 'pass',
    measured: {
      'ends.origin-fin': 'fin',
      'ends.origin-rst': 'rst',
      'ends.client-rst': 'rst',
    },
  });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass' });
});

t.test('catches a hop that keeps ends to itself', async (t) => {
  const via = [carelessHop({ sin: 'keep-ends' })];
  t.match(await tryCheck(check, { origin: echo(), via }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: /^the other side saw nothing of: origin FIN,.* client FIN/,
  });
});

t.test('says nothing without a baseline', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
});

t.test('warns of a hop that resets where the origin closed in order', async (t) => {
  const via = [carelessHop({ sin: 'reset-for-fin' })];
  t.match(await tryCheck(check, { origin: echo(), via }), {
    outcome: 'warn',
    blame: 'careless-hop',
    message: /origin FIN came as RST.*: what is on its way when a reset comes is lost/,
  });
});
