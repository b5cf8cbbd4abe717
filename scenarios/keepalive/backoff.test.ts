import t from 'tap';
import { reconnectingClient } from '../../harness/clients/reconnecting.js';
import type { Client } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { stormingClient } from '../../harness/testing/careless-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import afterClose from './reconnect-after-close.check.js';
import afterRefusal from './reconnect-backoff.check.js';

t.jobs = 3;
const patience = { idleMs: 2400 };
const GROWING = 'delays that grow with each failure';

for (const [what, check] of [
  ['cut off', afterClose],
  ['refused', afterRefusal],
] as const) {
  const judge = (client?: Client) => tryCheck(check, { origin: echo(), patience, ...(client && { client }) });

  t.test(`${what}: passes exponential, capped, jittered backoff`, async (t) => {
    const { outcome, message } = await judge(reconnectingClient());
    t.equal(outcome, 'pass', message);
  });

  t.test(`${what}: is skipped for a client that does not reconnect`, async (t) => {
    t.match(await judge(), {
      outcome: 'skip',
      message: 'the client under test (ws) does not reconnect by itself',
    });
  });
}

t.test('catches a client that takes every 101 for success', async (t) => {
  const client = stormingClient('forgetful');
  const said = await tryCheck(afterClose, { origin: echo(), patience, client });
  t.match(said, { outcome: 'fail', expectedText: GROWING, blame: 'client' });
});

for (const [how, expectedText, actualText] of [
  ['fixed', GROWING, /ms at first/],
  ['tight', GROWING, /^\d+ attempts in a row$/],
  ['steady', GROWING, /ms at first/],
  ['creeping', GROWING, /ms at first/],
  ['unjittered', 'delays that differ from client to client', /^5 clients/],
  ['uncapped', /^no delay longer than/, /^one of/],
  ['resigned', 'another attempt after a failure', 'a client tried once, or not at all'],
] as const) {
  t.test(`catches delays that are ${how}`, async (t) => {
    const said = await tryCheck(afterRefusal, { origin: echo(), patience, client: stormingClient(how) });
    t.match(said, { outcome: 'fail', blame: 'client', expectedText, actualText });
  });
}

t.test('says nothing of a client that came too seldom to tell', async (t) => {
  const said = await tryCheck(afterRefusal, { origin: echo(), patience, client: stormingClient('rare') });
  t.match(said, { outcome: 'skip', message: 'a client tried 3 times only: too few to judge its delays by' });
});
