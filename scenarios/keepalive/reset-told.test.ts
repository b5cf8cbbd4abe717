import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { type Cut, cutting } from '../../proxies/careless/cutting.js';
import { passing } from '../../proxies/plain/index.js';
import check from './reset-told.check.js';

t.jobs = 5;
const through = (how: Cut) => ({ origin: echo(), via: [cutting({ levers: { reset: how } })] });

t.test('passes where both sides are told', async (t) => {
  const { outcome, measured } = await tryCheck(check, through('rst'));
  t.equal(outcome, 'pass');
  t.match(measured, { clientSaw: 'rst', originSaw: 'rst' });
});

t.test('catches a hop that tells the client alone', async (t) => {
  const { outcome, measured } = await tryCheck(check, through('client-only'));
  t.equal(outcome, 'fail');
  t.match(measured, { clientSaw: 'fin', originSaw: 'nothing' });
});

t.test('catches a hop that tells the origin alone', async (t) => {
  const { outcome, measured, blame } = await tryCheck(check, through('origin-only'));
  t.equal(outcome, 'fail');
  t.match(measured, { clientSaw: 'nothing', originSaw: 'fin' });
  t.equal(blame, 'cutting');
});

t.test('catches a hop that tells nobody', async (t) => {
  const { outcome, actualText } = await tryCheck(check, through('silence'));
  t.equal(outcome, 'fail');
  t.equal(actualText, 'the client saw nothing, the origin saw nothing');
});

t.test('is skipped where no hop can do it', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin: echo(), via: [passing()] });
  t.equal(outcome, 'skip');
  t.equal(message, 'no hop here has the lever "reset"');
});
