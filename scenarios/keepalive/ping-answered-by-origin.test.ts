import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';

import { passing } from '../../proxies/plain/index.js';
import check from './ping-answered-by-origin.check.js';

t.test('passes where frames are tunnelled', async (t) => {
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'pass');
  t.equal((await tryCheck(check, { origin: echo(), via: [passing()] })).outcome, 'pass');
});

t.test('catches a hop that answers itself', async (t) => {
  const via = [carelessHop({ sin: 'swallow-pings' })];
  const { outcome, actualText, blame } = await tryCheck(check, { origin: echo(), via });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'a pong, though the origin never saw the ping');
  t.equal(blame, 'careless-hop');
});

t.test('catches a hop that answers as well', async (t) => {
  const via = [carelessHop({ sin: 'second-pong' })];
  const { outcome, actualText } = await tryCheck(check, { origin: echo(), via });
  t.equal(outcome, 'fail');
  t.equal(actualText, '2 pongs to one ping: a hop answers as well');
});

t.test('catches a hop that swallows pings', async (t) => {
  const via = [carelessHop({ sin: 'drop-pings' })];
  const { outcome, actualText } = await tryCheck(check, { origin: echo(), via });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'the ping reached nobody who answers');
});

t.test('catches an origin that does not answer', async (t) => {
  const { outcome, actualText } = await tryCheck(check, { origin: careless(['no-pong']) });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'the origin saw the ping, but no pong came back');
});
