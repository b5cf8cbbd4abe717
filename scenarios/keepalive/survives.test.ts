import t from 'tap';
import type { Check } from '../../harness/model.js';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { type Subject, tryCheck } from '../../harness/testing/try-check.js';
import { type CuttingOptions, cutting } from '../../proxies/careless/cutting.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import clientPing from './survives-client-ping.check.js';
import oneWayDown from './survives-one-way-down.check.js';
import oneWayUp from './survives-one-way-up.check.js';
import serverPing from './survives-server-ping.check.js';
import serverPong from './survives-server-pong.check.js';
import unsolicitedPong from './survives-unsolicited-pong.check.js';

t.jobs = 4;

const heeding = (heeds: 'up' | 'down', how: CuttingOptions['how'] = 'fin') => ({
  origin: echo(),
  via: [cutting({ idleMs: 900, heeds, how })],
});

/** By mode: the check, and a place whose hop cuts all the same; how that dies, and who is to blame. */
const MODES: Readonly<
  Record<string, [check: Check, at: Subject, actualText: RegExp, blame: string | RegExp]>
> = {
  'client-ping': [
    clientPing,
    { ...heeding('down'), origin: careless(['no-pong']) },
    /^cut after \d+ ms in spite of a ping of the client every/,
    'cutting',
  ],
  'server-ping': [
    serverPing,
    { origin: echo(), via: [passing({ idleMs: 900 }), carelessHop({ sin: 'drop-pings' })] },
    /^none of what the origin sent \(a ping of the server every \d+ ms\) arrived$/,
    'careless-hop',
  ],
  'one-way-up': [
    oneWayUp,
    heeding('down'),
    /^cut after \d+ ms in spite of a message of the client/,
    'cutting',
  ],
  'one-way-down': [oneWayDown, heeding('up'), /^cut after \d+ ms in spite of/, 'cutting'],
  'server-pong': [serverPong, heeding('up'), /^cut after \d+ ms in spite of/, 'cutting'],
  'unsolicited-pong': [unsolicitedPong, heeding('down'), /^cut after \d+ ms in spite of/, 'cutting'],
};

for (const [mode, [check, place, actualText, blame]] of Object.entries(MODES)) {
  const survives = (alive: boolean) => ({ [`survives.${mode}`]: alive });

  t.test(`${mode}: passes behind a hop that cuts silence alone`, async (t) => {
    const said = await tryCheck(check, { origin: echo(), via: [passing({ idleMs: 900 })] });
    t.match(said, { outcome: 'pass', measured: survives(true) });
  });

  t.test(`${mode}: catches a hop that cuts all the same`, async (t) => {
    const said = await tryCheck(check, place);
    t.match(said, { outcome: 'fail', measured: survives(false), actualText, blame });
  });

  t.test(`${mode}: catches a hop that cuts whatever flows`, async (t) => {
    const said = await tryCheck(check, { origin: echo(), via: [cutting({ ageMs: 900 })] });
    t.match(said, {
      outcome: 'fail',
      actualText: /^every connection is cut at the age of \d+ ms here, whatever is sent$/,
    });
  });

  t.test(`${mode}: does not pass where nothing is cut`, async (t) => {
    t.match(await tryCheck(check, { origin: echo(), patience: { idleMs: 400 } }), {
      outcome: 'info',
      message: 'not cut within 400 ms of silence: nothing to survive',
    });
  });
}

t.test('a connection that is dead, though nobody says so, is not kept', async (t) => {
  for (const [check, heeds] of [
    [oneWayUp, 'down'],
    [oneWayDown, 'up'],
  ] as const) {
    const said = await tryCheck(check, heeding(heeds, 'silence'));
    t.match(said, { outcome: 'fail', actualText: /^dead after \d+ ms in spite of/, blame: 'cutting' });
  }
});
