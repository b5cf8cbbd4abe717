import t from 'tap';
import type { Check } from '../../harness/model.js';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import binary from './binary.check.js';
import close from './close.check.js';
import continuation from './continuation.check.js';
import ping from './ping.check.js';
import text from './text.check.js';

const CHECKS: Readonly<Record<string, Check>> = {
  'binary frame': binary,
  Close: close,
  'continuation frame': continuation,
  ping,
  'text frame': text,
};
const patience = { answerMs: 500 };

for (const [what, check] of Object.entries(CHECKS)) {
  t.test(
    `an unmasked ${what}: passes at a sound origin, which is told as the one that rejects`,
    async (t) => {
      const measured = { unmasked: 'rejected', rejectedBy: 'origin' };
      t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass', measured });
      t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass', measured });
    },
  );

  t.test(`an unmasked ${what}: a hop that rejects it is told as the one that does`, async (t) => {
    const via = [carelessHop({ sin: 'reject-unmasked' })];
    const measured = { unmasked: 'rejected', rejectedBy: 'careless-hop' };
    t.match(await tryCheck(check, { origin: careless(['unmasked']), via }), { outcome: 'pass', measured });
  });

  t.test(`an unmasked ${what}: catches an origin that heeds it`, async (t) => {
    t.match(await tryCheck(check, { origin: careless(['unmasked']) }), {
      outcome: 'fail',
      blame: 'origin',
      actualText: `the origin heeded an unmasked ${what}`,
      measured: { unmasked: 'passed' },
    });
  });

  t.test(`an unmasked ${what}: catches a hop that masks it, and one that swallows it`, async (t) => {
    const launders = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'remask' })] });
    t.match(launders, {
      outcome: 'fail',
      blame: 'careless-hop',
      actualText: `a hop masked the unmasked ${what} and passed it on`,
      measured: { unmasked: 'passed' },
    });
    const via = [carelessHop({ sin: 'swallow-unmasked' })];
    t.match(await tryCheck(check, { origin: echo(), via, patience }), {
      outcome: 'fail',
      blame: 'careless-hop',
      measured: { unmasked: 'swallowed' },
    });
  });

  t.test(`an unmasked ${what}: catches an origin that passes over it`, async (t) => {
    t.match(await tryCheck(check, { origin: careless(['ignores-unmasked']), via: [passing()], patience }), {
      outcome: 'fail',
      blame: 'origin',
      actualText: `the ${what} came to the origin unmasked, and the connection stayed open`,
      measured: { unmasked: 'passed' },
    });
  });

  t.test(`an unmasked ${what}: an end that would have come anyway is no rejection`, async (t) => {
    const via = [passing({ idleMs: 250 }), carelessHop({ sin: 'swallow-unmasked' })];
    t.match(await tryCheck(check, { origin: echo(), via, patience }), {
      outcome: 'skip',
      message: /^connections end here by themselves/,
    });
  });
}

t.test('warns of an origin that says something else than 1002', async (t) => {
  for (const check of [binary, continuation, ping, text]) {
    t.match(await tryCheck(check, { origin: careless(['close-1000']) }), {
      outcome: 'warn',
      actualText: 'close 1000',
      measured: { unmasked: 'rejected', rejectedBy: 'origin' },
    });
  }
});

t.test('a Close with 1000 takes the unmasked Close for a good one', async (t) => {
  t.match(await tryCheck(close, { origin: careless(['close-1000']) }), {
    outcome: 'fail',
    actualText: 'the origin heeded an unmasked Close',
  });
});

t.test('blames a hop that heeds what never comes to the origin', async (t) => {
  t.match(await tryCheck(ping, { origin: echo(), via: [carelessHop({ sin: 'swallow-pings' })] }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: 'a hop heeded an unmasked ping',
  });
});

t.test('says nothing where a masked one is not answered either', async (t) => {
  t.match(await tryCheck(text, { origin: careless(['mute']), patience }), { outcome: 'skip' });
  t.match(await tryCheck(ping, { origin: careless(['no-pong']), patience }), {
    outcome: 'skip',
    message: 'a masked ping is not answered here, so an unmasked one can tell nothing',
  });
});
