import t from 'tap';
import { Collector, metaOf } from './collect.js';
import type { Check, Finding, Intermediary, PlaceRecord } from './model.js';
import { echo } from './origins/echo.js';
import { parse } from './run-file.js';

const check: Check = {
  title: 'a check',
  requirement: 'It MUST.',
  severity: 'high',
  refs: ['RFC 6455'],
  alone: true,
  run: () => Promise.reject(new Error('not run here')),
};
const hop: Intermediary = { name: 'nginx', role: 'reverse', title: 'plain', standIn: true };
const task = (id: string) => ({
  id,
  scenario: { title: `the scenario ${id}`, origin: echo(), via: [hop], checks: ['x'] },
  checks: { 'x/one': check, 'x/two': check },
});
const finding = (scenario: string, id: string): Finding => ({
  ...{ id: `${scenario} › ${id}`, check: id, scenario, outcome: 'pass', expected: 'pass', differs: false },
  ...{ message: 'fine', evidence: [], startedAt: '2025-01-01T00:00:00.000Z', ms: 1 },
});
const place = (log: string): PlaceRecord => ({
  title: 'opened',
  hops: [{ role: 'reverse', name: 'nginx', version: '1.2', ...(log && { log }) }],
});
const collector = () => new Collector([task('a'), task('b')], { name: 'wsgauntlet', version: '0' });

t.test('findings come in the order of the tasks, with what is said of their checks and places', async (t) => {
  const all = collector();
  for (const [scenario, id] of [
    ['b', 'x/two'],
    ['b', 'x/one'],
    ['a', 'x/two'],
  ] as const) {
    all.take({ type: 'finding', finding: finding(scenario, id) });
  }
  all.take({ type: 'opened', scenario: 'a', place: place('') });
  const run = all.run();
  t.same(
    run.findings.map((one) => one.id),
    ['a › x/two', 'b › x/one', 'b › x/two'],
  );
  t.same(run.checks['x/one'], {
    ...{ title: 'a check', requirement: 'It MUST.', severity: 'high', refs: ['RFC 6455'], alone: true },
  });
  t.match(run.places.a, { title: 'opened' });
  t.match(
    run.places.b,
    {
      title: 'the scenario b',
      hops: [{ name: 'client' }, { name: 'nginx', standIn: true }, { title: 'echo' }],
    },
    'never opened: as planned',
  );
  t.notMatch(run, { partial: true });
  t.same(parse(JSON.stringify(run), 'it'), run, 'it is a record');
});

t.test('what was not come to is left out of a partial record', async (t) => {
  const all = collector();
  all.take({ type: 'finding', finding: finding('a', 'x/one') });
  const run = all.run(true);
  t.equal(run.partial, true);
  t.same(Object.keys(run.places), ['a']);
});

t.test('logs of one place that was opened several times follow one another, once each', async (t) => {
  const all = collector();
  all.take({ type: 'opened', scenario: 'a', place: place('started\n') });
  all.take({ type: 'closed', scenario: 'a', place: place('started\nstopped\n') });
  all.take({ type: 'opened', scenario: 'a', place: place('again\n') });
  all.take({ type: 'closed', scenario: 'a', place: place('again\n') });
  t.equal(all.run().places.a!.hops[0]!.log, 'started\nstopped\nagain\n');
});

t.test('nobody’s name, machine or folder is in it', async (t) => {
  const { environment } = collector().run();
  t.same(Object.keys(environment), ['node', 'os']);
  t.match(environment.os, /^\w+ [\w.+-]+ \w+$/);
});

t.test('where the capture of a scenario is, however often its place was opened', async (t) => {
  const all = collector();
  all.take({ type: 'closed', scenario: 'a', place: place('one') });
  all.take({ type: 'captured', scenario: 'a', capture: 'captures/a.pcapng' });
  all.take({ type: 'closed', scenario: 'a', place: place('two') });
  all.take({ type: 'opened', scenario: 'b', place: place('') });
  const run = all.run();
  t.equal(run.places.a?.capture, 'captures/a.pcapng');
  t.notOk('capture' in run.places.b!);
  t.same(parse(JSON.stringify(run), 'it'), run, 'it is a record');
});

t.test('what is said of a check is said whole, without what it does', async (t) => {
  const { alone: _, run: __, ...meta } = check;
  const more: Partial<Check> = {
    ...{ why: 'w', remedy: 'r', cwe: 'CWE-770', fixes: { ws: 'maxPayload: 65536' }, bare: true },
    ...{ budget: { connections: 50 }, patient: true },
    kind: 'hardening',
    reach: 'intrusive',
    judges: 'endpoint',
  };
  t.same(metaOf({ ...meta, ...more, run: check.run }), { ...meta, ...more });
});
