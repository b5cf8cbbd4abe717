import t from 'tap';
import { reconnectingClient } from '../../harness/clients/reconnecting.js';
import { echo } from '../../harness/origins/echo.js';
import { stormingClient } from '../../harness/testing/careless-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import check from './reconnect-after-close.check.js';

t.jobs = 3;
const patience = { idleMs: 2400 };
const judge = (client: ReturnType<typeof reconnectingClient>) =>
  tryCheck(check, { origin: echo(), client, patience });

t.test('passes exponential, capped, jittered backoff', async (t) => {
  const { outcome, message } = await judge(reconnectingClient());
  t.equal(outcome, 'pass', message);
});

t.test('catches a client that takes every 101 for success', async (t) => {
  const { outcome, expectedText, blame } = await judge(stormingClient('forgetful'));
  t.equal(outcome, 'fail');
  t.equal(expectedText, 'delays that grow with each failure');
  t.equal(blame, 'client');
});

t.test('is skipped for a client that does not reconnect', async (t) => {
  t.equal((await tryCheck(check, { origin: echo(), patience })).outcome, 'skip');
});
