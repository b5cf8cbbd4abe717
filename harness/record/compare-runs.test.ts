import t from 'tap';
import { sampleRun } from '../../reports/testing/sample.js';
import type { Measured, Outcome, Run } from '../model.js';
import { compareRuns, parse } from '../run-file.js';

const base = sampleRun();

function run(findings: Record<string, [Outcome, Measured?]>): Run {
  return {
    ...base,
    findings: Object.entries(findings).map(([id, [outcome, measured = {}]]) => ({
      ...base.findings[0]!,
      id,
      outcome,
      measured,
    })),
  };
}

t.test('ids under the words of the record', (t) => {
  const before = run({
    a: ['pass'],
    b: ['fail'],
    c: ['warn'],
    d: ['pass'],
    e: ['skip'],
    f: ['skip'],
    g: ['skip'],
  });
  const after = run({
    a: ['fail'],
    b: ['pass'],
    c: ['fail'],
    e: ['error'],
    f: ['pass'],
    g: ['skip'],
    h: ['pass'],
  });
  t.same(compareRuns({ ...before, startedAt: '2025-01-02T03:04:05.000Z' }, after), {
    startedAt: '2025-01-02T03:04:05.000Z',
    new: ['a', 'e'],
    fixed: ['b'],
    still: ['c'],
    gone: ['d'],
    slower: [],
    skippedBefore: ['e', 'f'],
    was: { a: { outcome: 'pass' }, b: { outcome: 'fail' }, e: { outcome: 'skip' } },
  });
  t.end();
});

t.test('slower is more than half as much again, and more than 50 ms', (t) => {
  const slower = (key: string, then: number | string, now: number | string) =>
    compareRuns(run({ a: ['pass', { [key]: then }] }), run({ a: ['pass', { [key]: now }] })).slower!.length;
  t.equal(slower('switchMs', 1000, 1501), 1);
  t.equal(slower('switchMs', 1000, 1500), 0);
  t.equal(slower('switchMs', 20, 70), 0);
  t.equal(slower('switchMs', 20, 71), 1);
  t.equal(slower('deliveryDelayMs', 0, 51), 1);
  t.equal(slower('switchMs', 1501, 1000), 0, 'quicker is not slower');
  t.equal(slower('deliveryDelayMs', -1, 500), 0, 'none came before');
  t.equal(slower('deliveryDelayMs', 500, -1), 0);
  t.equal(slower('idleMs', 1000, 60_000), 0, 'to live longer is not slower');
  t.equal(slower('status', 200, 404), 0, 'not a time');
  t.equal(slower('switchMs', '1', 5000), 0);
  t.same(
    compareRuns(run({}), run({ a: ['pass', { switchMs: 5000 }] })).slower,
    [],
    'nothing to compare with',
  );
  t.same(compareRuns(run({ a: ['pass'] }), run({ a: ['pass', { constructorMs: 5000 }] })).slower, []);
  t.end();
});

t.test(
  'what is slower is told with what it was, and a run that is slower as a whole makes nothing slower',
  (t) => {
    const times = (factor: number, last: number): Record<string, [Outcome, Measured]> => ({
      ...Object.fromEntries(
        Array.from({ length: 10 }, (_, i): [string, [Outcome, Measured]] => [
          `f${i}`,
          ['pass', { switchMs: (100 + i) * factor, status: 200 }],
        ]),
      ),
      last: ['pass', { switchMs: last, deliveryDelayMs: 1 }],
    });
    const told = compareRuns(run(times(1, 100)), run(times(1, 200)));
    t.same(told.slower, ['last']);
    t.same(told.was, { last: { outcome: 'pass', measured: { switchMs: 100 } } });
    t.same(compareRuns(run(times(1, 100)), run(times(3, 300))).slower, [], 'all of it three times as slow');
    t.same(compareRuns(run(times(1, 100)), run(times(3, 600))).slower, ['last'], 'and one of it six times');
    t.same(
      compareRuns(run(times(1, 100)), run(times(0.2, 200))).slower,
      ['last'],
      'a quicker run is no yardstick',
    );
    t.end();
  },
);

t.test('a run against itself, and in its record', (t) => {
  const comparison = compareRuns(base, base);
  t.same([comparison.new, comparison.fixed, comparison.gone, comparison.slower], [[], [], [], []]);
  t.same(parse(JSON.stringify({ ...base, comparison }), 'run.json').comparison, comparison);
  t.throws(
    () => parse(JSON.stringify({ ...base, comparison: { ...comparison, new: [1] } }), 'run.json'),
    /comparison\.new\[0\] must be a string/,
  );
  t.end();
});
