import t from 'tap';
import { auditRun } from '../../reports/testing/audit.js';
import { sampleRun } from '../../reports/testing/sample.js';
import type { Run } from '../model.js';
import { merge } from '../run-file.js';

const whole = sampleRun();
const scenarios = Object.keys(whole.places);

/** Every n-th scenario, as a shard that began some seconds later. */
function shard(index: number, of: number): Run {
  const mine = scenarios.filter((_, i) => i % of === index - 1);
  return {
    ...whole,
    shard: { index, of },
    startedAt: new Date(Date.parse(whole.startedAt) + index * 1000).toISOString(),
    durationMs: 5000,
    environment: { ...whole.environment, host: `machine-${index}` },
    places: Object.fromEntries(mine.map((id) => [id, whole.places[id]!])),
    findings: whole.findings.filter((finding) => mine.includes(finding.scenario)),
  };
}

t.test('shards in any order make the whole', (t) => {
  const { run, missing } = merge([shard(3, 3), shard(1, 3), shard(2, 3)]);
  t.same(missing, []);
  t.same(new Set(run.findings.map(({ id }) => id)), new Set(whole.findings.map(({ id }) => id)));
  t.equal(run.findings.length, whole.findings.length);
  t.same(Object.keys(run.places).sort(), [...scenarios].sort());
  t.equal(run.shard, undefined);
  t.equal(run.partial, undefined);
  t.equal(run.startedAt, '2025-03-04T05:06:08.000Z');
  t.equal(run.durationMs, 7000);
  t.equal(run.environment.host, 'machine-1; machine-2; machine-3');
  t.equal(run.environment.node, '20.20.2');
  t.end();
});

t.test('evidence counts from the start of the joined run', (t) => {
  const { run } = merge([shard(1, 2), shard(2, 2)]);
  const at = (from: Run, scenario: string) =>
    from.findings.find((each) => each.scenario === scenario)!.evidence[0]!.at;
  t.equal(at(run, scenarios[0]!), at(whole, scenarios[0]!));
  t.equal(at(run, scenarios[1]!), at(whole, scenarios[1]!) + 1000);
  t.end();
});

t.test('a missing shard is told and makes the run partial', (t) => {
  const { run, missing } = merge([shard(4, 4), shard(2, 4)]);
  t.same(missing, [1, 3]);
  t.equal(run.partial, true);
  t.equal(merge([{ ...shard(1, 1), partial: true }]).run.partial, true);
  t.end();
});

t.test('what does not belong together is refused', (t) => {
  const one = whole.findings[0]!.id;
  t.throws(() => merge([]), { message: 'there is no run to merge' });
  t.throws(() => merge([whole, { ...whole, findings: whole.findings.slice(0, 1) }]), {
    name: 'RunFileError',
    message: `found in more than one run: ${one}; merge runs of different scenarios`,
  });
  t.throws(() => merge([whole, whole]), { message: / and \d+ more; merge runs of different scenarios$/ });
  t.throws(() => merge([shard(2, 3), shard(2, 3)]), { message: 'shard 2/3 is there twice; give each once' });
  t.throws(() => merge([shard(1, 2), shard(2, 3)]), {
    message: /^the shards are of different runs: of 2, of 3/,
  });
  const other = { ...shard(2, 2), tool: { name: 'wsgauntlet', version: '0.2.0' } };
  t.throws(() => merge([shard(1, 2), other]), {
    message: /different tools \(wsgauntlet 0\.1\.0, wsgauntlet 0\.2\.0\)/,
  });
  const check = { ...whole.checks['opening/upgrade']!, severity: 'low' as const };
  t.throws(() => merge([shard(1, 2), { ...shard(2, 2), checks: { 'opening/upgrade': check } }]), {
    message: /^the runs do not agree on check opening\/upgrade/,
  });
  const place = whole.places['plain/nginx']!;
  const moved = { ...place, hops: place.hops.map((hop) => ({ ...hop, version: '1.27.0' })) };
  t.throws(
    () =>
      merge([
        { ...whole, findings: [] },
        { ...whole, findings: [], places: { 'plain/nginx': moved } },
      ]),
    {
      message: /^the runs do not agree on scenario plain\/nginx/,
    },
  );
  t.end();
});

t.test('parts of an audit make the whole audit', (t) => {
  const audited = auditRun();
  const half = (index: number): Run => ({
    ...audited,
    shard: { index, of: 2 },
    findings: audited.findings.filter((_, i) => i % 2 === index - 1),
    audit: {
      ...audited.audit!,
      traffic: { connections: 10 * index, mostAtOnce: 5 * index, octetsSent: 100 },
    },
  });
  t.same(merge([half(1), half(2)]).run.audit, {
    ...audited.audit,
    traffic: { connections: 30, mostAtOnce: 10, octetsSent: 200 },
  });
  t.equal(merge([shard(1, 2), shard(2, 2)]).run.audit, undefined);
  const { traffic: _, ...of } = audited.audit!;
  t.same(
    merge([
      { ...half(1), audit: of },
      { ...half(2), audit: of },
    ]).run.audit,
    of,
    'where none was counted',
  );
  const elsewhere = { ...half(2), audit: { ...audited.audit!, url: 'ws://other.example/' } };
  t.throws(() => merge([half(1), elsewhere]), {
    message: /^the runs are different audits \(ws:.*chat, intrusive; ws:\/\/other/,
  });
  t.end();
});
