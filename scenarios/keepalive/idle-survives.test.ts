import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { cutting } from '../../proxies/careless/cutting.js';
import { passing } from '../../proxies/plain/index.js';
import check from './idle-survives.check.js';

t.jobs = 4;
const patience = { idleMs: 1200 };

t.test('passes where silence is borne', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin: echo(), via: [passing()], patience });
  t.equal(outcome, 'pass');
  t.equal(message, 'an echo came back after 1200 ms of silence');
});

t.test('catches a hop that cuts', async (t) => {
  const via = [passing({ idleMs: 700 })];
  const { outcome, blame, actualText } = await tryCheck(check, { origin: echo(), via, patience });
  t.equal(outcome, 'fail');
  t.equal(blame, 'plain-proxy');
  t.match(actualText, /^cut after \d{3} ms of silence: the client saw FIN, the origin saw FIN$/);
});

t.test('catches a hop that cuts and tells nobody', async (t) => {
  const via = [cutting({ idleMs: 700, how: 'silence' })];
  const { outcome, blame } = await tryCheck(check, { origin: echo(), via, patience });
  t.equal(outcome, 'fail');
  t.equal(blame, 'cutting');
});

t.test('catches an origin that closes', async (t) => {
  const { outcome, blame } = await tryCheck(check, { origin: careless(['closes-idle']), patience });
  t.equal(outcome, 'fail');
  t.equal(blame, 'origin');
});
