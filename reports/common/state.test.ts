import t from 'tap';
import type { Finding, Outcome } from '../../harness/model.js';
import { sampleRun } from '../testing/sample.js';
import { isBad, stateOf, tally } from './state.js';

const finding = (outcome: Outcome, expected: Outcome, differs: boolean): Finding => ({
  ...sampleRun().findings[0]!,
  outcome,
  expected,
  differs,
});

const told = (outcome: Outcome, expected: Outcome, differs: boolean) => {
  const each = finding(outcome, expected, differs);
  return `${stateOf(each)}${isBad(each) ? ', bad' : ''}`;
};

t.test('what was expected tells failures apart', (t) => {
  t.equal(told('pass', 'pass', false), 'pass');
  t.equal(told('fail', 'pass', true), 'fail, bad');
  t.equal(told('fail', 'fail', false), 'known');
  t.equal(told('warn', 'warn', false), 'known');
  t.equal(told('pass', 'fail', true), 'unexpected, bad');
  t.equal(told('info', 'fail', true), 'unexpected, bad');
  t.equal(told('warn', 'fail', true), 'warn, bad');
  t.equal(told('warn', 'pass', false), 'warn');
  t.equal(told('info', 'pass', false), 'info');
  t.equal(told('skip', 'fail', false), 'skip');
  t.equal(told('error', 'pass', true), 'error', 'an error is not a finding against the path');
  t.end();
});

t.test('a failure that nobody expected is bad, even where it is said not to count', (t) => {
  t.equal(told('fail', 'pass', false), 'fail, bad');
  t.equal(told('fail', 'skip', false), 'fail, bad');
  t.end();
});

t.test('what a user accepts is told apart from what a place is known to break', (t) => {
  const accepted = (outcome: Outcome, differs: boolean) => ({
    ...finding(outcome, outcome, differs),
    accepted: { until: '2027-03-31' },
  });
  for (const outcome of ['fail', 'warn'] as const) {
    t.equal(stateOf(accepted(outcome, false)), 'accepted');
    t.notOk(isBad(accepted(outcome, false)));
  }
  t.equal(stateOf(accepted('fail', true)), 'fail', 'a record that contradicts itself accepts nothing');
  t.end();
});

t.test('the worst comes first', (t) => {
  const all = [finding('skip', 'pass', false), finding('pass', 'pass', false), finding('fail', 'pass', true)];
  t.same(
    [...tally(all)],
    [
      ['fail', 1],
      ['pass', 1],
      ['skip', 1],
    ],
  );
  t.end();
});
