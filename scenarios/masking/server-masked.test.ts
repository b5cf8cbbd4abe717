import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { smallClient } from '../../harness/testing/small-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import check from './server-masked.check.js';

t.test('passes for ws, which says 1002, and for a small client', async (t) => {
  const said = await tryCheck(check, { origin: echo() });
  t.match(said, { outcome: 'pass', message: 'the client ended the connection with 1002' });
  const small = await tryCheck(check, { origin: echo(), via: [passing()], client: smallClient() });
  t.match(small, { outcome: 'pass', measured: { originSaw: 'close' } });
});

t.test('catches a client that takes the message', async (t) => {
  const said = await tryCheck(check, { origin: echo(), client: smallClient(['takes-masked']) });
  t.match(said, { outcome: 'fail', blame: 'client', actualText: 'the client took the message' });
});

t.test('catches a client that passes over it', async (t) => {
  const client = smallClient(['ignores-masked']);
  const said = await tryCheck(check, { origin: echo(), client, patience: { answerMs: 400 } });
  t.match(said, { outcome: 'fail', blame: 'client', actualText: 'the client stayed open' });
});

t.test('says nothing where no masked frame gets to the client, or no frame at all', async (t) => {
  const client = smallClient(['takes-masked']);
  const via = [carelessHop({ sin: 'unmask-down' })];
  t.match(await tryCheck(check, { origin: echo(), via, client }), {
    outcome: 'skip',
    message: /a hop does not pass masked frames/,
  });
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()], client }), { outcome: 'skip' });
  const forgetful = [carelessHop({ sin: 'drop-ahead' })];
  t.match(await tryCheck(check, { origin: echo(), via: forgetful, client, patience: { answerMs: 400 } }), {
    outcome: 'skip',
    message: 'the client does not get an unmasked frame of the server’s either',
  });
});
