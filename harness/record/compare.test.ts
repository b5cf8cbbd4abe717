import t from 'tap';
import { sampleRun } from '../../reports/testing/sample.js';
import type { Outcome, Run } from '../model.js';
import { compare } from '../run-file.js';

const base = sampleRun();

function run(outcomes: Record<string, Outcome>): Run {
  const findings = Object.entries(outcomes).map(([id, outcome]) => ({ ...base.findings[0]!, id, outcome }));
  return { ...base, findings };
}

const change = (before?: Outcome, after?: Outcome) => {
  const told = compare(run(before ? { x: before } : {}), run(after ? { x: after } : {}));
  return Object.entries(told).flatMap(([kind, findings]) => (findings.length ? [kind] : []));
};

t.test('each change has its word', (t) => {
  t.same(change('pass', 'fail'), ['new']);
  t.same(change(undefined, 'warn'), ['new']);
  t.same(change('skip', 'fail'), ['new']);
  t.same(change('fail', 'pass'), ['fixed']);
  t.same(change('error', 'info'), ['fixed']);
  t.same(change('fail', 'error'), ['still']);
  t.same(change('warn', 'fail'), ['still']);
  t.same(change('pass', 'skip'), ['gone']);
  t.same(change('pass', undefined), ['gone']);
  t.same(change('fail', undefined), ['gone']);
  t.same(change('skip', undefined), []);
  t.same(change('pass', 'pass'), []);
  t.same(change(undefined, 'pass'), []);
  t.end();
});

t.test('a failure that is now skipped is gone, not fixed', (t) => {
  t.same(change('fail', 'skip'), ['gone']);
  t.end();
});

t.test('a run against itself', (t) => {
  const told = compare(base, base);
  t.same([told.new, told.fixed, told.gone], [[], [], []]);
  t.ok(told.still.length > 0);
  t.end();
});
