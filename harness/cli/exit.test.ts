import t from 'tap';
import type { Finding, HopRecord, Run, Severity } from '../model.js';
import { codeOf, outcomeOf } from './exit.js';

const run = (
  findings: readonly Partial<Finding>[],
  severity: Severity = 'medium',
  runtime = 'process',
): Run => ({
  version: 1,
  tool: { name: 'wsgauntlet', version: '0' },
  startedAt: '',
  durationMs: 1,
  environment: {},
  checks: { c: { title: '', requirement: '', severity, refs: [] } },
  places: { s: { title: '', hops: [{ role: 'reverse', name: 'nginx', runtime } satisfies HopRecord] } },
  findings: findings.map((one) => ({
    ...{ id: 's › c', check: 'c', scenario: 's', outcome: 'pass' as const, expected: 'pass' as const },
    ...{ differs: false, message: '', evidence: [], startedAt: '', ms: 1 },
    ...one,
  })),
});
const bad = { outcome: 'fail', differs: true } as const;
const error = { outcome: 'error', differs: true } as const;
const skip = { outcome: 'skip' } as const;

t.test('exit codes', async (t) => {
  const code = (of: Run, failOn: Severity = 'low', runtime = 'auto') => outcomeOf(of, failOn, runtime).code;
  t.equal(code(run([{}, skip, { outcome: 'warn' }])), 0);
  t.equal(code(run([{}, bad])), 1);
  t.equal(code(run([bad, error])), 1, 'a difference is sure, whatever else could not be judged');
  t.equal(code(run([{}, error])), 3);
  t.equal(code(run([bad], 'medium'), 'high'), 0);
  t.equal(code(run([bad], 'high'), 'high'), 1);
  t.equal(code(run([bad], 'info')), 0, 'info alone never fails');
  t.equal(code(run([{ ...bad, check: 'unknown' }]), 'critical'), 1, 'what is not known is not waved through');
  t.equal(
    code(run([{ ...bad, severity: 'critical' }], 'low'), 'high'),
    1,
    'the verdict says that it is worse',
  );
  t.equal(code(run([{ ...bad, severity: 'info' }], 'high'), 'low'), 0, 'or that it is not so bad');
  t.equal(code(run([skip, skip])), 3, 'nothing could be tried');
  t.equal(code(run([])), 3);
});

t.test('a runtime that was asked for and carried nothing', async (t) => {
  const refused = { ...skip, message: 'nothing here carries nginx: docker: no engine' };
  t.equal(outcomeOf(run([{}, refused], 'low', 'in-process'), 'low', 'docker').code, 3);
  t.equal(outcomeOf(run([{}, refused], 'low', 'docker'), 'low', 'docker').code, 0);
  t.equal(outcomeOf(run([{}, refused], 'low', 'in-process'), 'low', 'auto').code, 0);
});

t.test('signals', async (t) => {
  t.equal(codeOf('SIGINT'), 130);
  t.equal(codeOf('SIGTERM'), 143);
});
