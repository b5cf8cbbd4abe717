import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { keepingPings } from '../../proxies/careless/keeping-pings.js';
import { passing } from '../../proxies/plain/index.js';
import check from './ping-answered-by-origin.check.js';

t.test('passes where frames are tunnelled', async (t) => {
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'pass');
  t.equal((await tryCheck(check, { origin: echo(), via: [passing()] })).outcome, 'pass');
});

t.test('catches a hop that answers itself', async (t) => {
  const via = [keepingPings({ pings: 'answers' })];
  const { outcome, actualText, blame } = await tryCheck(check, { origin: echo(), via });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'a pong, though the origin never saw the ping');
  t.equal(blame, 'keeping-pings');
});

t.test('catches a hop that answers as well', async (t) => {
  const via = [keepingPings({ pings: 'answers-too' })];
  const { outcome, actualText } = await tryCheck(check, { origin: echo(), via });
  t.equal(outcome, 'fail');
  t.equal(actualText, '2 pongs to one ping: a hop answers as well');
});

t.test('catches a hop that swallows pings', async (t) => {
  const via = [keepingPings({ pings: 'swallows' })];
  const { outcome, actualText } = await tryCheck(check, { origin: echo(), via });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'the ping reached nobody who answers');
});

t.test('catches an origin that does not answer', async (t) => {
  const { outcome, actualText } = await tryCheck(check, { origin: careless(['no-pong']) });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'the origin saw the ping, but no pong came back');
});
