import t from 'tap';
import { differs, expectationOf } from './expectation.js';

t.test('the longest key that fits counts', async (t) => {
  const fail = { outcome: 'fail', because: 'it strips' } as const;
  const warn = { outcome: 'warn', because: 'it degrades' } as const;
  const expect = { opening: fail, 'opening/http-version': warn };
  t.equal(expectationOf({ expect }, 'opening/upgrade'), fail);
  t.equal(expectationOf({ expect }, 'opening/http-version'), warn);
  t.match(expectationOf({ expect }, 'openings/upgrade'), { outcome: 'pass' });
  t.match(expectationOf({}, 'opening/upgrade'), { outcome: 'pass' });
});

t.test('what counts as a difference', async (t) => {
  const same: [Parameters<typeof differs>[0], Parameters<typeof differs>[1]][] = [
    ['pass', 'pass'],
    ['info', 'pass'],
    ['warn', 'pass'],
    ['skip', 'pass'],
    ['fail', 'fail'],
    ['skip', 'fail'],
    ['warn', 'warn'],
  ];
  for (const [outcome, expected] of same) t.notOk(differs(outcome, expected), `${outcome} where ${expected}`);
  const different: typeof same = [
    ['fail', 'pass'],
    ['error', 'pass'],
    ['error', 'fail'],
    ['pass', 'fail'],
    ['warn', 'fail'],
    ['pass', 'warn'],
    ['fail', 'warn'],
  ];
  for (const [outcome, expected] of different)
    t.ok(differs(outcome, expected), `${outcome} where ${expected}`);
});
