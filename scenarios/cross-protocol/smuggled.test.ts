import t from 'tap';
import type { Client } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { smallClient } from '../../harness/testing/small-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { again, perFrame } from '../../proxies/careless/frames.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import { cache } from '../testing/hops.js';
import masked from './smuggled-masked.check.js';
import unmasked from './smuggled-unmasked.check.js';

const patience = { answerMs: 500 };
const naive = () => carelessHop({ sin: 'naive-cache' });
const zeroMask = smallClient(['zero-mask']);

t.test('in an unmasked frame', async (t) => {
  const sound = await tryCheck(unmasked, { origin: echo(), via: [cache()], patience });
  t.match(sound, { outcome: 'pass', measured: { poisoned: false, unmasked: 'passed' } });
  const bad = await tryCheck(unmasked, { origin: echo(), via: [naive()], patience });
  t.match(bad, { outcome: 'fail', blame: 'careless-hop', measured: { poisoned: true } });
  const guarded = [carelessHop({ sin: 'reject-unmasked' }), cache()];
  t.match(await tryCheck(unmasked, { origin: echo(), via: guarded, patience }), {
    outcome: 'pass',
    message: /a hop ended the connection/,
    measured: { unmasked: 'rejected' },
  });
  t.equal(
    (await tryCheck(unmasked, { origin: echo(), via: [naive(), passing()], patience })).outcome,
    'fail',
  );
  t.equal(
    (await tryCheck(unmasked, { origin: echo(), via: [passing(), naive()], patience })).outcome,
    'fail',
  );
});

t.test('in a masked frame', async (t) => {
  const sound = await tryCheck(masked, { origin: echo(), via: [naive()], patience });
  t.match(sound, { outcome: 'pass', measured: { poisoned: false } });
  for (const sin of ['zero-mask', 'no-mask'] as const) {
    const said = await tryCheck(masked, {
      origin: echo(),
      via: [naive()],
      client: smallClient([sin]),
      patience,
    });
    t.match(said, { outcome: 'fail', blame: 'client', actualText: /shows the request as it is/ }, sin);
  }
  const spared = await tryCheck(masked, { origin: echo(), via: [cache()], client: zeroMask, patience });
  t.match(spared, { outcome: 'warn', blame: 'client' });
});

t.test('catches a cache that unmasks what it looks for requests in', async (t) => {
  const looking = cache((sin) => ({
    tunnel(wire) {
      const naive = sin.tunnel!({ ...wire, toOrigin() {} });
      const up = perFrame(wire.toOrigin, (seen) => {
        naive.up!(Buffer.from(seen.payload));
        wire.toOrigin(again(seen));
      });
      return { up, down: naive.down! };
    },
  }));
  const said = await tryCheck(masked, { origin: echo(), via: [looking], patience });
  t.match(said, { outcome: 'fail', blame: 'hop', actualText: /^a GET got what ws was answered/ });
  const sound = smallClient();
  const quiet: Client = {
    ...sound,
    open: async (route, options) => ({ ...(await sound.open(route, options)), send() {} }),
  };
  const alone = await tryCheck(masked, { origin: echo(), via: [looking], client: quiet, patience });
  t.match(alone, { outcome: 'fail', blame: 'hop', actualText: /a hop unmasks frames and reads requests/ });
});

t.test('where it cannot be tried', async (t) => {
  for (const check of [unmasked, masked]) {
    t.match(await tryCheck(check, { origin: echo(), via: [passing()], patience }), {
      outcome: 'skip',
      message: /no cache to poison/,
    });
    let attacked = false;
    const closing = cache(
      () => ({
        request(head) {
          attacked ||= head.target.startsWith('/smuggle');
          return head;
        },
      }),
      () => attacked,
    );
    t.match(await tryCheck(check, { origin: echo(), via: [closing], patience }), {
      outcome: 'skip',
      message: /not get through afterwards/,
    });
    const deaf = [carelessHop({ sin: 'one-way' }), cache()];
    t.match(await tryCheck(check, { origin: echo(), via: deaf, patience }), {
      outcome: 'skip',
      message: /nothing that could have been kept/,
    });
  }
});

t.test('an end that comes after the frame has passed is no rejection of it', async (t) => {
  const ending = cache(() => ({
    tunnel: ({ toOrigin, drop }) => ({
      up(octets) {
        toOrigin(octets);
        setTimeout(drop, 50);
      },
      down() {},
    }),
  }));
  t.match(await tryCheck(unmasked, { origin: echo(), via: [ending], patience }), {
    outcome: 'skip',
    message: /nothing that could have been kept/,
  });
});
