import t from 'tap';
import type { CheckMeta, Finding, Kind, Outcome, Severity } from '../../harness/model.js';
import { sampleRun } from '../testing/sample.js';
import { kindOf, severityOf, severityRank, worstFirst } from './severity.js';

const check = (severity: Severity, kind?: Kind): CheckMeta => ({
  ...{ title: '', requirement: '', severity, refs: [] },
  ...(kind && { kind }),
});
const checks = {
  'a/low': check('low'),
  'a/high': check('high', 'vulnerability'),
  'a/high-too': check('high', 'hardening'),
};
const finding = (id: string, outcome: Outcome, severity?: Severity): Finding => ({
  ...sampleRun().findings[0]!,
  ...{ id: `s › ${id}`, check: id, outcome },
  ...(severity && { severity }),
});

t.test('the verdict’s severity prevails over the check’s', async (t) => {
  t.equal(severityOf({ checks }, finding('a/low', 'fail')), 'low');
  t.equal(severityOf({ checks }, finding('a/low', 'fail', 'critical')), 'critical');
  t.equal(severityOf({ checks }, finding('constructor', 'fail')), undefined);
  t.equal(severityRank(undefined), 0, 'what is not known is not waved through');
  t.equal(kindOf(checks['a/low']), 'conformance');
  t.equal(kindOf(undefined), 'conformance');
});

t.test('severity, then outcome, then kind, then id', async (t) => {
  const all = [
    finding('a/low', 'fail'),
    finding('a/high', 'warn'),
    finding('a/high-too', 'fail'),
    finding('a/high', 'fail'),
    finding('a/low', 'warn', 'critical'),
  ];
  t.same(
    worstFirst({ checks }, all).map(({ check: id, outcome }) => `${id} ${outcome}`),
    ['a/low warn', 'a/high fail', 'a/high-too fail', 'a/high warn', 'a/low fail'],
  );
});
