import t from 'tap';
import { auditRun } from '../../reports/testing/audit.js';
import type { Finding, Run } from '../model.js';
import { outcomeOf } from './exit.js';
import { comparison, newOrWorse } from './new-or-worse.js';

const now = auditRun();
const FOREIGN = 'audit › origins/foreign';
const SUBPROTOCOL = 'audit › opening/subprotocol';
const CEILING = 'audit › limits/ceiling';

/** The run as it might have been before. */
const earlier = (was: Readonly<Record<string, Partial<Finding>>>, more: Partial<Run> = {}): Run => ({
  ...now,
  findings: now.findings.map((each) => ({ ...each, ...was[each.id] })),
  ...more,
});

t.test('what is as it was is neither', async (t) => {
  t.same([...newOrWorse(now, now)], []);
  t.equal(comparison(now, now).worse, undefined);
});

t.test('new: it held, could not be judged, was not tried, was not there', async (t) => {
  for (const outcome of ['pass', 'info', 'skip', 'error'] as const)
    t.same([...newOrWorse(earlier({ [FOREIGN]: { outcome } }), now)], [FOREIGN], outcome);
  const without = { findings: now.findings.filter(({ id }) => id !== FOREIGN) };
  t.same([...newOrWorse({ ...now, ...without }, now)], [FOREIGN]);
});

t.test('worse: a failure that was a warning, a higher severity', async (t) => {
  t.same([...newOrWorse(earlier({ [FOREIGN]: { outcome: 'warn' } }), now)], [FOREIGN]);
  t.same([...newOrWorse(earlier({ [FOREIGN]: { severity: 'medium' } }), now)], [FOREIGN]);
  t.same([...newOrWorse(earlier({ [FOREIGN]: { severity: 'critical' } }), now)], [], 'better is not worse');
  t.same(
    [...newOrWorse(earlier({ [SUBPROTOCOL]: { outcome: 'fail' } }), now)],
    [],
    'a warning that was a failure',
  );
  t.same(
    [...newOrWorse(earlier({ [SUBPROTOCOL]: { severity: 'info' } }), now)],
    [SUBPROTOCOL],
    'a warning, worse',
  );
  const milder = {
    ...now.checks,
    'origins/foreign': { ...now.checks['origins/foreign']!, severity: 'low' as const },
  };
  t.same([...newOrWorse(earlier({}, { checks: milder }), now)], [FOREIGN], 'by the check’s own severity');
  t.same(comparison(earlier({ [FOREIGN]: { outcome: 'warn' } }), now).worse, [FOREIGN]);
});

t.test('only what is new or worse fails', async (t) => {
  const sure = { ...now, findings: now.findings.filter(({ outcome }) => outcome !== 'error') };
  const fails = (before: Run, failOn: 'low' | 'high' | 'critical' = 'low') =>
    outcomeOf(sure, failOn, 'auto', newOrWorse(before, sure)).code;
  t.equal(outcomeOf(sure, 'low', 'auto').code, 1);
  t.equal(fails(now), 0);
  t.equal(fails(earlier({ [FOREIGN]: { outcome: 'pass' } })), 1);
  t.equal(fails(earlier({ [FOREIGN]: { outcome: 'warn' } })), 1);
  t.equal(fails(earlier({ [FOREIGN]: { outcome: 'pass' } }), 'critical'), 0, 'below --fail-on');
  t.equal(fails(earlier({ [SUBPROTOCOL]: { outcome: 'pass' } })), 0, 'a warning alone fails nothing');
  t.equal(fails(earlier({ [CEILING]: { outcome: 'pass' } })), 0, 'what is accepted fails nothing');
  const erred = { ...now, findings: now.findings.map((each) => ({ ...each, outcome: 'error' as const })) };
  t.equal(
    outcomeOf(erred, 'low', 'auto', new Set()).code,
    3,
    'what could not be judged is not waved through',
  );
});
