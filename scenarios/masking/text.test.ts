import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import check from './text.check.js';

const patience = { answerMs: 500 };

t.test('passes at a sound origin, which is told as the one that rejects', async (t) => {
  const measured = { unmasked: 'rejected', rejectedBy: 'origin' };
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass', measured });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass', measured });
});

t.test('a hop that rejects it is told as the one that does', async (t) => {
  const via = [carelessHop({ sin: 'reject-unmasked' })];
  const measured = { unmasked: 'rejected', rejectedBy: 'careless-hop' };
  t.match(await tryCheck(check, { origin: careless(['unmasked']), via }), { outcome: 'pass', measured });
});

t.test('catches an origin that heeds it', async (t) => {
  t.match(await tryCheck(check, { origin: careless(['unmasked']) }), {
    outcome: 'fail',
    blame: 'origin',
    actualText: 'the origin heeded an unmasked text frame',
    measured: { unmasked: 'passed' },
  });
});

t.test('catches a hop that masks it, and one that swallows it', async (t) => {
  const launders = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'remask' })] });
  t.match(launders, {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: 'a hop masked the unmasked text frame and passed it on',
    measured: { unmasked: 'passed' },
  });
  const via = [carelessHop({ sin: 'swallow-unmasked' })];
  t.match(await tryCheck(check, { origin: echo(), via, patience }), {
    outcome: 'fail',
    blame: 'careless-hop',
    measured: { unmasked: 'swallowed' },
  });
});

t.test('says nothing where a masked one is not answered either', async (t) => {
  t.match(await tryCheck(check, { origin: careless(['mute']), patience }), { outcome: 'skip' });
});
