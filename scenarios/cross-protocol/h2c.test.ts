import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding, passing, stripping } from '../../proxies/plain/index.js';
import { firstHeadOnly, hop, only, say, trimmed } from '../testing/hops.js';
import alone from './h2c.check.js';
import listed from './h2c-listed.check.js';

const patience = { answerMs: 500 };

for (const [upgrade, check] of [
  ['h2c', alone],
  ['websocket, h2c', listed],
] as const) {
  t.test(`Upgrade: ${upgrade}`, async (t) => {
    const sound = await tryCheck(check, { origin: echo(), via: [passing()], patience });
    t.match(sound, { outcome: 'pass', message: /came to the origin with/, measured: { relayed: false } });
    const bad = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'relay-h2c' })], patience });
    t.match(bad, {
      outcome: 'fail',
      blame: 'careless-hop',
      actualText: `Upgrade: ${upgrade} came to the origin; it switched, and there is a raw tunnel to it`,
      measured: { relayed: true, tunnel: true },
    });
  });
}

t.test('an offer that is passed on counts though it is not taken up', async (t) => {
  const away = (head: string) => trimmed(head).replace('/h2c', '/echo');
  const said = await tryCheck(alone, { origin: echo(), via: [firstHeadOnly(away)], patience });
  t.match(said, { outcome: 'skip', message: /a plain GET of the same page does not get through/ });
  const noSwitch = (head: string) => trimmed(head).replace('/h2c', '/status/200');
  const passed = await tryCheck(alone, { origin: echo(), via: [firstHeadOnly(noSwitch)], patience });
  t.match(passed, { outcome: 'fail', actualText: /^Upgrade: h2c came to the origin/ });
});

t.test('a hop that refuses the offer, and one that drops it', async (t) => {
  const refusing = only(({ headers }) => headers.upgrade === 'h2c', say(400));
  t.match(await tryCheck(alone, { origin: echo(), via: [refusing], patience }), {
    outcome: 'pass',
    message: /refused with 400/,
  });
  t.match(await tryCheck(alone, { origin: echo(), via: [stripping()], patience }), {
    outcome: 'pass',
    message: /without Upgrade/,
  });
  const hanging = hop({ switches: () => {} });
  t.match(await tryCheck(alone, { origin: echo(), via: [hanging], patience }), { outcome: 'skip' });
  const silent = only(
    ({ headers }) => headers.upgrade === 'h2c',
    () => () => {},
  );
  t.match(await tryCheck(alone, { origin: echo(), via: [silent], patience }), {
    outcome: 'skip',
    message: /^nobody took the request: /,
  });
});

t.test('where no hop reads requests there is nothing to judge', async (t) => {
  t.match(await tryCheck(alone, { origin: echo() }), { outcome: 'skip' });
  t.match(await tryCheck(alone, { origin: echo(), via: [forwarding()] }), { outcome: 'skip' });
});
