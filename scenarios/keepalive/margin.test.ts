import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { beatingClient, failingClient } from '../../harness/testing/careless-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { cutting } from '../../proxies/careless/cutting.js';
import { passing } from '../../proxies/plain/index.js';
import check from './margin.check.js';

t.jobs = 6;
const at = (everyMs: number) => ({
  origin: echo(),
  via: [passing({ idleMs: 900 })],
  client: beatingClient(everyMs),
});

t.test('passes a client that pings in time', async (t) => {
  const { outcome, measured, message } = await tryCheck(check, at(200));
  t.equal(outcome, 'pass', message);
  t.type(measured?.clientPeriodMs, 'number');
});

t.test('warns of a client that pings just in time', async (t) => {
  const { outcome, message } = await tryCheck(check, at(700));
  t.equal(outcome, 'warn');
  t.match(message, /little margin below the cut$/);
});

t.test('catches a client that pings too late', async (t) => {
  const { outcome, blame, expectedText } = await tryCheck(check, at(1200));
  t.equal(outcome, 'fail');
  t.equal(blame, 'client');
  t.match(expectedText, /after which plain-proxy cuts silence$/);
});

t.test('warns of a client that does not ping', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin: echo(), via: [passing({ idleMs: 700 })] });
  t.equal(outcome, 'warn');
  t.match(message, /^ws sent nothing by itself within \d+ ms, and plain-proxy cuts silence after \d+ ms$/);
});

t.test('does not pass where nothing is cut, or everything', async (t) => {
  const patience = { idleMs: 500 };
  t.equal((await tryCheck(check, { origin: echo(), patience })).outcome, 'info');
  const via = [cutting({ ageMs: 700 })];
  t.equal((await tryCheck(check, { origin: echo(), via, client: beatingClient(200) })).outcome, 'info');
});

t.test('says nothing of a client that does not connect', async (t) => {
  const client = failingClient('out of order');
  t.match(await tryCheck(check, { origin: echo(), via: [passing({ idleMs: 500 })], client }), {
    outcome: 'skip',
    message: /^no baseline here: the client could not connect/,
  });
});
