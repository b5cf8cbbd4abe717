import t from 'tap';
import { auditRun } from '../../../reports/testing/audit.js';
import type { Finding, Measured, Outcome, Run } from '../../model.js';
import { paintFor } from '../output/paint.js';
import { differences, differencesTold } from './differences.js';

const plain = paintFor({ write() {} }, {}, false);
const [model] = auditRun().findings as [Finding];

type Side = readonly [outcome: Outcome, measured?: Measured];

/** A run of one check at two places. */
function run(here: Side, there: Side): Run {
  const at = (scenario: string, [outcome, measured]: Side): Finding => ({
    ...model,
    ...{ id: `${scenario} › ${model.check}`, scenario, outcome, message: `it is ${outcome}` },
    measured: measured ?? {},
  });
  const findings = [at('audit', here), at('compare', there)];
  const places = { audit: { title: 'ws://one/', hops: [] }, compare: { title: 'ws://other/', hops: [] } };
  return { ...auditRun(), findings, places };
}

const differ = (here: Side, there: Side) => differences(run(here, there), 'audit', 'compare').length === 1;

t.test('outcomes and figures that are not the same are a difference, noise is none', async (t) => {
  t.ok(differ(['pass'], ['fail']));
  t.notOk(differ(['pass'], ['pass']));
  t.ok(differ(['pass', { status: 400 }], ['pass', { status: 426 }]));
  t.ok(differ(['pass', { status: 400 }], ['pass']));
  t.notOk(differ(['pass', { roundTripMs: 3 }], ['pass', { roundTripMs: 150 }]));
  t.notOk(differ(['pass', { idleLimitMs: 5000 }], ['pass', { idleLimitMs: 6000 }]));
  t.ok(differ(['pass', { idleLimitMs: 5000 }], ['pass', { idleLimitMs: 60_000 }]));
  t.ok(differ(['pass', { idleLimitMs: -1 }], ['pass', { idleLimitMs: 60 }]), 'none is no short one');
  t.notOk(differ(['pass', { subprotocol: 'gauntlet.1a' }], ['pass', { subprotocol: 'gauntlet.2b' }]));
});

t.test('both sides are told, one below the other', async (t) => {
  const one = run(['pass'], ['fail']);
  t.equal(
    differencesTold(one, differences(one, 'audit', 'compare'), plain).join('\n'),
    `1 check says something else at the other URL:
  ${model.check}
    ws://one/: ✓ pass: it is pass
    ws://other/: ✗ fail: it is fail`,
  );
  t.same(differencesTold(one, [], plain), [
    'Both answer alike: no check says something else at the other URL.',
  ]);
});
