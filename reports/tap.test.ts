import t from 'tap';
import { Parser, type Result } from 'tap-parser';
import tap from './tap.js';
import { auditRun } from './testing/audit.js';
import { hostileRun } from './testing/hostile.js';
import { emptyRun, sampleRun } from './testing/sample.js';

function parsed(text: string) {
  const points: Result[] = [];
  const extra: string[] = [];
  const parser = new Parser({ strict: true });
  parser.on('assert', (point) => points.push(point));
  parser.on('extra', (line) => extra.push(line));
  parser.on('bailout', () => extra.push('bail out'));
  parser.end(text);
  return { points, extra, results: parser.results! };
}

t.test('the sample run', (t) => {
  const run = sampleRun();
  const { points, extra, results } = parsed(tap.render(run));
  t.same(extra, []);
  t.equal(results.count, run.findings.length);
  t.equal(results.fail - results.todo, 6, 'five differ and one is an error');
  t.equal(results.ok, false);
  t.equal(results.skip, 7);
  t.equal(results.todo, 4, 'what is known to break');
  const named = (name: string) => points.find((point) => point.name === name)!;
  const ping = named('plain/nginx › masking/unmasked-ping');
  t.match(ping, { ok: false, todo: false, skip: false });
  t.match(ping.diag, {
    expected: 'the connection fails with close code 1002',
    actual: 'pong received, connection still open after 500 ms',
    blame: 'origin',
    measured: { unmasked: 'passed' },
  });
  t.match(named('plain/nginx-stripping › opening/upgrade'), {
    ok: false,
    todo: 'proxy_pass without Upgrade and Connection strips them',
  });
  t.match(named('toxic/black-hole › masking/unmasked-text'), {
    ok: true,
    skip: /^docker: no engine answers/,
  });
  t.match(named('tls/mockttp-inspecting › limits/65536-octets'), {
    ok: false,
    todo: false,
    diag: { outcome: 'error' },
  });
  t.match(named('plain/nginx › keepalive/idle-cut').diag, { measured: { idleMs: 2003 } });
  t.end();
});

t.test('an audit', (t) => {
  const { points, extra, results } = parsed(tap.render(auditRun()));
  t.same(extra, []);
  t.same([results.fail - results.todo, results.skip, results.todo], [3, 3, 1]);
  const about = (name: string) => points.find((point) => point.name === `audit › ${name}`)!;
  t.match(about('origins/foreign').diag, {
    ...{ topic: 'origins', severity: 'high', kind: 'vulnerability', cwe: 'CWE-1385' },
    fixes: /^ws:\nnew WebSocketServer.*\nhaproxy:\nhttp-request deny/s,
  });
  t.match(about('framing/unmasked').diag, { severity: 'low' });
  t.match(about('limits/ceiling'), { ok: false, todo: 'only the VPN reaches it (until 2027-03-31)' });
  t.match(about('limits/ceiling').diag, { accepted_until: '2027-03-31' });
  t.same(parsed(tap.render(hostileRun(auditRun()))).extra, []);
  t.end();
});

t.test('nothing tried is a skip, not a pass', (t) => {
  const { extra, results } = parsed(tap.render(emptyRun()));
  t.same(extra, []);
  t.equal(results.count, 0);
  t.match(results.plan.skipReason, 'Nothing was tried.');
  t.end();
});

t.test('hostile text forges no test point', (t) => {
  const run = hostileRun();
  const { points, extra, results } = parsed(tap.render(run));
  t.same(extra, []);
  t.equal(points.length, run.findings.length);
  t.equal(results.bailout, false);
  t.same([results.fail - results.todo, results.skip, results.todo], [6, 7, 4]);
  t.end();
});
