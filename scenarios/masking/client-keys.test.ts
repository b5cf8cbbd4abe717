import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { smallClient } from '../../harness/testing/small-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import check from './client-keys.check.js';

t.test('passes for ws, and for a small client that masks well', async (t) => {
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass', measured: { frames: 256 } });
  const said = await tryCheck(check, { origin: echo(), via: [passing()], client: smallClient() });
  t.match(said, { outcome: 'pass', measured: { frames: 256 } });
});

t.test('catches clients that do not mask, or mask badly', async (t) => {
  for (const [sin, actualText] of [
    ['no-mask', 'the client does not mask'],
    ['zero-mask', /are zero/],
    ['fixed-mask', 'every frame has the same key'],
    ['counting-mask', /follow from one another/],
    ['narrow-mask', /octet 1 of the keys takes only 16 values/],
  ] as const) {
    const said = await tryCheck(check, { origin: echo(), client: smallClient([sin]) });
    t.match(said, { outcome: 'fail', blame: 'client', actualText }, sin);
  }
});

t.test('a hop that masks anew hides the client’s keys: nothing is said', async (t) => {
  const via = [carelessHop({ sin: 'remask' })];
  const said = await tryCheck(check, { origin: echo(), via, client: smallClient(['fixed-mask']) });
  t.match(said, { outcome: 'skip', message: /a hop opens and masks frames anew/ });
});

t.test('says nothing where the client cannot be opened', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
});

t.test('says nothing of a client that sends too little', async (t) => {
  const client = smallClient(['sends-three']);
  const said = await tryCheck(check, { origin: echo(), client, patience: { answerMs: 400 } });
  t.match(said, { outcome: 'skip', message: 'only 3 of 256 messages came to the origin' });
});
