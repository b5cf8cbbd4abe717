import t from 'tap';
import { reconnectingClient } from '../../harness/clients/reconnecting.js';
import { echo } from '../../harness/origins/echo.js';
import { stormingClient } from '../../harness/testing/careless-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import check from './reconnect-backoff.check.js';

t.jobs = 3;
const patience = { idleMs: 2400 };
const judge = (client: ReturnType<typeof reconnectingClient>) =>
  tryCheck(check, { origin: echo(), client, patience });

t.test('passes exponential, capped, jittered backoff', async (t) => {
  const { outcome, message } = await judge(reconnectingClient());
  t.equal(outcome, 'pass', message);
});

t.test('catches a fixed interval', async (t) => {
  const { outcome, expectedText, blame } = await judge(stormingClient('fixed'));
  t.equal(outcome, 'fail');
  t.equal(expectedText, 'delays that grow with each failure');
  t.equal(blame, 'client');
});

t.test('catches a tight loop', async (t) => {
  const { outcome, expectedText } = await judge(stormingClient('tight'));
  t.equal(outcome, 'fail');
  t.equal(expectedText, 'delays that grow with each failure');
});

t.test('catches clients that come back in step', async (t) => {
  const { outcome, expectedText } = await judge(stormingClient('unjittered'));
  t.equal(outcome, 'fail');
  t.equal(expectedText, 'delays that differ from client to client');
});

t.test('catches delays without a cap', async (t) => {
  const { outcome, expectedText } = await judge(stormingClient('uncapped'));
  t.equal(outcome, 'fail');
  t.match(expectedText, /^no delay longer than/);
});

t.test('is skipped for a client that does not reconnect', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin: echo(), patience });
  t.equal(outcome, 'skip');
  t.equal(message, 'the client under test (ws) does not reconnect by itself');
});
