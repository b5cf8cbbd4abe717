import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import check from './early-server.check.js';

t.test('passes where it arrives', async (t) => {
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass' });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass' });
});

t.test('catches a hop that forgets what it read beyond the head of the 101', async (t) => {
  const via = [carelessHop({ sin: 'drop-ahead' })];
  const said = await tryCheck(check, { origin: echo(), via, patience: { answerMs: 400 } });
  t.match(said, { outcome: 'fail', blame: 'careless-hop', measured: { originToClient: 'dropped' } });
  t.equal(said.actualText, 'it was lost, while later frames arrive');
});

t.test('says nothing without a baseline', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
});
