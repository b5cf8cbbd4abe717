import t from 'tap';
import { differs, expectationOf, expectedOf } from './expectation.js';

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

t.test('what a user accepts counts where it breaks, a failure and a warning alike', async (t) => {
  const accepted = { outcome: 'fail', because: 'behind a VPN', accepted: { until: '2027-03-31' } } as const;
  for (const outcome of ['fail', 'warn'] as const) {
    const expected = expectedOf(outcome, accepted);
    t.same(expected, { ...accepted, outcome });
    t.notOk(differs(outcome, expected.outcome));
  }
  for (const outcome of ['pass', 'info', 'skip'] as const)
    t.same(expectedOf(outcome, accepted), { outcome: 'pass', because: '' });
  t.ok(differs('error', expectedOf('error', accepted).outcome), 'nobody can accept what was not judged');
  const known = { outcome: 'fail', because: 'it strips' } as const;
  t.equal(expectedOf('pass', known), known, 'what a place is known to break is another thing');
});
