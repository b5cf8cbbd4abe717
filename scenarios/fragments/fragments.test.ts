import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { frail } from '../../harness/testing/frail.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { says } from '../../harness/testing/verdicts.js';
import closeBetween from './close-between.check.js';
import controlsBetween from './controls-between.check.js';
import held from './held.check.js';
import sum from './sum.check.js';
import tiny from './tiny.check.js';

const boundless = wsOrigin({ title: 'ws without a limit' }, { maxPayload: 0 });
const large = wsOrigin({ title: 'ws with 100 MiB' }, { maxPayload: 100 * 1024 * 1024 });
/** A message that is not whole has this many octets or more in one segment. */
const breaks = frail('breaks down', (octets) => octets.length > 20_000);

t.test('verdicts of fragments that the controls do not show', (t) =>
  says(
    t,
    [
      { check: sum, at: boundless, outcome: 'skip', message: /no limit/ },
      { check: sum, at: large, outcome: 'pass', message: /Close 1009/ },
      { check: tiny, at: wsOrigin({ title: 'ws' }), outcome: 'pass', message: /between 4000 and 20000/ },
      { check: tiny, at: careless(['mute', 'no-pong']), outcome: 'warn' },
      { check: tiny, at: breaks, outcome: 'fail', message: /does not answer any more/ },
      { check: controlsBetween, at: careless(['no-pong']), outcome: 'pass', message: /went on/ },
      { check: closeBetween, at: careless(['no-close-answer']), outcome: 'skip' },
      { check: held, at: wsOrigin({ title: 'ws' }), outcome: 'warn', also: { measured: {} } },
    ],
    { answerMs: 400, limitMs: 700 },
  ),
);
