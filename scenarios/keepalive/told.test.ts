import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { type Cut, cutting } from '../../proxies/careless/cutting.js';
import { passing } from '../../proxies/plain/index.js';
import cutTold from './cut-told.check.js';
import resetTold from './reset-told.check.js';

t.jobs = 2;

for (const [lever, check, sound] of [
  ['cut', cutTold, 'fin'],
  ['reset', resetTold, 'rst'],
] as const) {
  const through = (how: Cut) =>
    tryCheck(check, { origin: echo(), via: [cutting({ levers: { [lever]: how } })] });

  t.test(`a ${lever} on the way: passes where both sides are told`, async (t) => {
    const measured = { clientSaw: sound, originSaw: sound };
    t.match(await through(sound), { outcome: 'pass', measured });
  });

  for (const [how, measured, actualText] of [
    ['client-only', { clientSaw: 'fin', originSaw: 'nothing' }, 'the client saw FIN, the origin saw nothing'],
    ['origin-only', { clientSaw: 'nothing', originSaw: 'fin' }, 'the client saw nothing, the origin saw FIN'],
    [
      'silence',
      { clientSaw: 'nothing', originSaw: 'nothing' },
      'the client saw nothing, the origin saw nothing',
    ],
  ] as const) {
    t.test(`a ${lever} on the way: catches a hop that tells ${how}`, async (t) => {
      t.match(await through(how), { outcome: 'fail', blame: 'cutting', measured, actualText });
    });
  }

  t.test(`a ${lever} on the way: is skipped where no hop can do it, or does it`, async (t) => {
    t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), {
      outcome: 'skip',
      message: `no hop here has the lever "${lever}"`,
    });
    const idle = { ...passing(), levers: () => ({ [lever]: async () => {} }) };
    t.match(await tryCheck(check, { origin: echo(), via: [idle] }), {
      outcome: 'skip',
      message: `the lever "${lever}" was pulled, and the connection went on as before`,
    });
  });
}
