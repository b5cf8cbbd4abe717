import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import { altering } from '../testing/hops.js';
import check from './subprotocol.check.js';

t.test('passes where the first of those offered is chosen', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [passing()] });
  t.match(said, { outcome: 'pass', measured: { subprotocol: 'gauntlet.v2' } });
});

t.test('catches a hop that strips the offer, and an origin that ignores it', async (t) => {
  const hop = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'strip-subprotocol' })] });
  t.match(hop, { outcome: 'fail', actualText: 'none came to the origin', blame: 'careless-hop' });
  const origin = await tryCheck(check, { origin: careless(['drop-subprotocol']) });
  t.match(origin, { outcome: 'fail', actualText: 'the origin chose none', blame: 'origin' });
});

t.test('catches a hop that turns the order round, and one that has a choice of its own', async (t) => {
  const reordered = [altering('request', 'Sec-WebSocket-Protocol', 'gauntlet.v1, gauntlet.v2')];
  t.match(await tryCheck(check, { origin: echo(), via: reordered }), {
    outcome: 'fail',
    actualText: 'the origin saw gauntlet.v1, gauntlet.v2',
    blame: 'hop',
  });
  for (const [value, got] of [
    ['gauntlet.v1', 'gauntlet.v1'],
    [undefined, 'none'],
  ] as const) {
    const via = [altering('answer', 'Sec-WebSocket-Protocol', value)];
    const said = await tryCheck(check, { origin: echo(), via });
    t.match(said, { outcome: 'fail', actualText: `the client got ${got}`, blame: 'hop' });
  }
});

t.test('says nothing without a 101', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
});
