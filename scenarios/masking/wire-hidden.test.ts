import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { smallClient } from '../../harness/testing/small-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import check from './wire-hidden.check.js';

t.test('passes for ws, and for a small client that masks', async (t) => {
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass', measured: { messages: 32 } });
  const said = await tryCheck(check, { origin: echo(), via: [passing()], client: smallClient() });
  t.match(said, { outcome: 'pass', measured: { messages: 32 } });
});

t.test('catches clients whose octets show', async (t) => {
  for (const sin of ['no-mask', 'zero-mask'] as const) {
    const said = await tryCheck(check, { origin: echo(), client: smallClient([sin]) });
    t.match(said, { outcome: 'fail', blame: 'client', actualText: /^16 octets in a row, from "GET \// }, sin);
  }
});

t.test('a hop that masks anew hides what the client does: nothing is said', async (t) => {
  const via = [carelessHop({ sin: 'remask' })];
  const said = await tryCheck(check, { origin: echo(), via, client: smallClient(['zero-mask']) });
  t.match(said, { outcome: 'skip' });
});

t.test('says nothing of a client that sends too little', async (t) => {
  const client = smallClient(['sends-three']);
  const said = await tryCheck(check, { origin: echo(), client, patience: { answerMs: 400 } });
  t.match(said, { outcome: 'skip', message: 'only 3 of 32 messages came to the origin' });
});
