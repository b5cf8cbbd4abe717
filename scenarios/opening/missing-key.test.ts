import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import check from './missing-key.check.js';

t.test('passes where it is refused', async (t) => {
  const direct = await tryCheck(check, { origin: echo() });
  t.match(direct, { outcome: 'pass', measured: { handshake: 'refused', status: 400, refusedBy: 'origin' } });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass' });
});

t.test('catches an origin that accepts it', async (t) => {
  const said = await tryCheck(check, { origin: careless(['any-key']) });
  t.match(said, { outcome: 'fail', blame: 'origin', measured: { handshake: 'accepted', status: 101 } });
});

t.test('a refusal says nothing where everything is refused', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
});
