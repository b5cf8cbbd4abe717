import t from 'tap';
import type { Check } from '../../harness/model.js';
import { careless as carelessOrigin } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { carelessLive } from '../../harness/testing/careless-live.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import nothingLost from './nothing-lost.check.js';
import returns from './returns.check.js';
import sseResume from './sse-resume.check.js';
import told from './told.check.js';
import whenAcceptedThenClosed from './when-accepted-then-closed.check.js';
import whenBlackHoled from './when-black-holed.check.js';
import whenHanging from './when-hanging.check.js';
import whenRefused from './when-refused.check.js';
import whenStripped from './when-stripped.check.js';

t.jobs = 8;
const patience = { answerMs: 800 };
const stubborn = carelessLive({ options: { transports: ['websocket'] } });
const trusting = carelessLive({ options: { attemptMs: 60_000 } });
const loses = carelessLive({ received: (all) => all.filter(({ n }) => n !== 5) });
const doubles = carelessLive({ received: (all) => all.flatMap((one) => (one.n === 5 ? [one, one] : [one])) });
const reorders = carelessLive({
  received: (all) => (all.length > 2 ? [all[1]!, all[0]!, ...all.slice(2)] : all),
});

const falls: [string, Check, string | RegExp][] = [
  ['refused', whenRefused, 'sse carried, after websocket refused (refused with 403)'],
  ['stripped', whenStripped, 'sse carried, after websocket refused (refused with 200)'],
  [
    'hanging',
    whenHanging,
    /^sse carried, after websocket no-answer \(no answer to the handshake within \d+ ms\)/,
  ],
  [
    'black-holed',
    whenBlackHoled,
    /^sse carried, after websocket silent \(a 101, but no message within \d+ ms\)/,
  ],
  [
    'accepted, then closed',
    whenAcceptedThenClosed,
    'sse carried, after websocket lost (accepted, then closed 1011 not today)',
  ],
];
for (const [what, check, says] of falls) {
  t.test(`WebSocket ${what}`, async (t) => {
    const [sound, caught, lossy] = await Promise.all([
      tryCheck(check, { origin: echo(), patience }),
      tryCheck(check, { origin: echo(), patience, client: stubborn }),
      tryCheck(check, { origin: echo(), patience, client: loses }),
    ]);
    t.match(sound, { outcome: 'pass', message: says, measured: { transport: 'sse' } });
    t.match(
      caught,
      { outcome: 'fail', blame: 'client', actualText: /^nothing carried: websocket / },
      'a client that knows nothing else',
    );
    t.match(lossy, { outcome: 'fail', actualText: '6 came after 4' }, 'a client that loses a message');
  });
}

t.test('a client without a bound of its own is caught where nothing is answered', async (t) => {
  const caught = await Promise.all(
    [whenHanging, whenBlackHoled].map((check) =>
      tryCheck(check, { origin: echo(), patience, client: trusting }),
    ),
  );
  for (const finding of caught) t.match(finding, { outcome: 'fail', blame: 'client' });
});

t.test('nothing lost across a change', async (t) => {
  const sound = await tryCheck(nothingLost, { origin: echo(), patience });
  t.match(sound, { outcome: 'pass', measured: { carriers: 'websocket → sse' } });
  const subjects: [string, ReturnType<typeof carelessLive>, string][] = [
    ['loses', loses, 'down: 6 came after 4'],
    ['doubles', doubles, 'down: 5 came twice or late, after 5'],
    ['reorders', reorders, 'down: 2 came after 0'],
    ['forgets what it sends', carelessLive({ deafUpwards: true }), 'up: 0 of 12 arrived'],
    [
      'says that nothing changed',
      carelessLive({ received: (all) => all.map((one) => ({ ...one, by: 'websocket' })) }),
      'the broken WebSocket went on',
    ],
  ];
  await Promise.all(
    subjects.map(async ([what, client, actualText]) => {
      const caught = await tryCheck(nothingLost, { origin: echo(), patience, client });
      t.match(caught, { outcome: 'fail', actualText }, what);
    }),
  );
  const without = carelessLive({ options: { transports: ['sse'] } });
  t.equal((await tryCheck(nothingLost, { origin: echo(), patience, client: without })).outcome, 'skip');
});

t.test('back to WebSocket', async (t) => {
  t.match(await tryCheck(returns, { origin: echo(), patience }), {
    outcome: 'pass',
    measured: { transport: 'websocket' },
  });
  const resigned = carelessLive({ options: { returnMs: 3_600_000 } });
  const caught = await tryCheck(returns, { origin: echo(), patience, client: resigned });
  t.match(caught, { outcome: 'fail', actualText: 'still on sse' });
  const lossy = await tryCheck(returns, { origin: echo(), patience, client: loses });
  t.match(lossy, { outcome: 'fail', actualText: '6 came after 4' });
});

t.test('degradation is told', async (t) => {
  t.equal((await tryCheck(told, { origin: echo(), patience })).outcome, 'pass');
  const caught = await tryCheck(told, { origin: echo(), patience, client: carelessLive({ silent: true }) });
  t.match(caught, { outcome: 'fail', actualText: 'no word of the failed attempt' });
  const boasting = carelessLive({ claims: 'websocket' });
  t.match(await tryCheck(told, { origin: echo(), patience, client: boasting }), {
    outcome: 'fail',
    actualText: 'it says WebSocket, which the origin refused',
  });
});

t.test('event streams resume', async (t) => {
  const sound = await tryCheck(sseResume, { origin: echo(), patience });
  t.match(sound, { outcome: 'pass', measured: { lastEventIds: /^3 6 9/ } });
  const caught = await tryCheck(sseResume, { origin: carelessOrigin(['ignore-last-event-id']), patience });
  t.match(caught, { outcome: 'fail', blame: 'origin' });
});
