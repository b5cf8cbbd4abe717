import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { cutting } from '../../proxies/careless/cutting.js';
import { carelessHop } from '../../proxies/careless/hop.js';

import { passing } from '../../proxies/plain/index.js';
import check from './survives-server-ping.check.js';

t.jobs = 4;

t.test('passes behind a hop that cuts silence alone', async (t) => {
  const { outcome, measured } = await tryCheck(check, { origin: echo(), via: [passing({ idleMs: 500 })] });
  t.equal(outcome, 'pass');
  t.equal(measured?.['survives.server-ping'], true);
});

t.test('catches a hop that lets no ping through', async (t) => {
  const { outcome, measured, blame } = await tryCheck(check, {
    origin: echo(),
    via: [passing({ idleMs: 500 }), carelessHop({ sin: 'drop-pings' })],
  });
  t.equal(outcome, 'fail');
  t.equal(measured?.['survives.server-ping'], false);
  t.equal(blame, 'plain-proxy or careless-hop');
});

t.test('catches a hop that cuts whatever flows', async (t) => {
  const { outcome, actualText } = await tryCheck(check, { origin: echo(), via: [cutting({ ageMs: 500 })] });
  t.equal(outcome, 'fail');
  t.match(actualText, /^every connection is cut at the age of \d+ ms here, whatever is sent$/);
});

t.test('does not pass where nothing is cut', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin: echo(), patience: { idleMs: 400 } });
  t.equal(outcome, 'info');
  t.equal(message, 'not cut within 400 ms of silence: nothing to survive');
});
