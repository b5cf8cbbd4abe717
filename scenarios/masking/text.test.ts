import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import check from './text.check.js';

t.test('passes at a sound origin', async (t) => {
  const { outcome, measured } = await tryCheck(check, { origin: echo() });
  t.equal(outcome, 'pass');
  t.match(measured, { unmasked: 'rejected' });
});

t.test('catches an origin that takes unmasked frames', async (t) => {
  const { outcome, actualText } = await tryCheck(check, { origin: careless(['unmasked']) });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'the connection stayed open');
});
