import t from 'tap';
import { auditRun, largeAudit } from '../../../reports/testing/audit.js';
import { hostileRun } from '../../../reports/testing/hostile.js';
import type { Run } from '../../model.js';
import { comparison, newOrWorse } from '../new-or-worse.js';
import { type AuditTold, auditEnding } from './audit.js';
import { paintFor, width } from './paint.js';

const plain = paintFor({ write() {} }, {}, false);
const TOLD: AuditTold = {
  ...{ quiet: false, verbose: false, columns: 80, outcome: { code: 1 }, out: 'gauntlet-report' },
  written: ['gauntlet-report/run.json', 'gauntlet-report/index.html', 'gauntlet-report/results.sarif'],
};
const text = (run: Run, told: Partial<AuditTold> = {}) =>
  auditEnding(run, plain, { ...TOLD, ...told }).join('\n');

t.test('an audit on a terminal of 80 columns', async (t) => {
  const notes = ['accepted until 2026-11-01, which is past: tls (accepted.json:3)'];
  t.equal(
    text(auditRun(), { notes }),
    `
endpoint  ws://127.0.0.1:43121/chat
profile   intrusive; the user said that they are authorised
baseline  A well-meaning client is let in, and gets an echo after 3 ms.
identity  Server: demo/1.0

topic    pass  warn  fail  skip  error  accepted
opening     1     1     ·     ·      ·         ·
origins     ·     1     1     ·      ·         ·
framing     1     ·     1     ·      ·         ·
limits      ·     ·     ·     ·      1         1
tls         ·     ·     ·     2      ·         ·
utf8        ·     ·     ·     1      ·         ·

Findings: 4, worst first
✗ high vulnerability  origins/foreign: A handshake from a foreign origin is ref…
    seen  accepted: 101, and an echo came back; expected a refusal, since https…
    do    Compare Origin with a list of your own ori… (CWE-1385, RFC 6455 §10.2)
✗ low conformance  framing/unmasked: An unmasked client frame ends the connecti…
    seen  it was answered; expected the connection fails with close code 1002
    do    Fail the connection with 1002. (CWE-436, RFC 6455 §5.1)
▲ low hardening  origins/null: The origin null is refused
    seen  Origin: null was accepted, as a request without Origin is
    do    Treat null as foreign. (CWE-346, RFC 6454 §7.1)
▲ low conformance  opening/subprotocol: A subprotocol that nobody offered is no…
    seen  Sec-WebSocket-Protocol: chat.v2; expected a 101 without Sec-WebSocket…
    do    Leave the header out. (RFC 6455 §4.2.2)

Accepted: 1
    limits/ceiling, until 2027-03-31: only the VPN reaches it

Could not be judged: 1
    it used more than its 8 connections (limits/handshakes)

Skipped: 3
    there is no TLS at ws:// (tls/versions, tls/resumption)
    the endpoint does not echo, and so cannot be asked (utf8/text)

accepted until 2026-11-01, which is past: tls (accepted.json:3)

11 checks: 2 fail, 1 error, 2 warn, 1 accepted, 2 pass, 3 skip; found 1 vulnerability, 1 missing defence, 2 breaches of the standard (1 high, 3 low)
Traffic: 311 connections, at most 48 at once, 47.1 KiB sent
ws://127.0.0.1:43121/chat: 2 of 11 checks fail (1 high, 1 low), 2 warn, 1 accepted, 3 skipped, 1 could not be judged. (3.2 s)
Report: gauntlet-report/index.html
1 other report: gauntlet-report/results.sarif`,
  );
});

t.test('quiet: what fails, what could not be judged, and one line', async (t) => {
  t.equal(
    text(auditRun(), { quiet: true, columns: Number.POSITIVE_INFINITY }),
    `Findings: 2, worst first
✗ high vulnerability  origins/foreign: A handshake from a foreign origin is refused
    seen  accepted: 101, and an echo came back; expected a refusal, since https://evil.example is foreign
    do    Compare Origin with a list of your own origins before the upgrade. (CWE-1385, RFC 6455 §10.2)
✗ low conformance  framing/unmasked: An unmasked client frame ends the connection
    seen  it was answered; expected the connection fails with close code 1002
    do    Fail the connection with 1002. (CWE-436, RFC 6455 §5.1)
Could not be judged: 1
    it used more than its 8 connections (limits/handshakes)
ws://127.0.0.1:43121/chat: 2 of 11 checks fail (1 high, 1 low), 2 warn, 1 accepted, 3 skipped, 1 could not be judged. (3.2 s) Report: gauntlet-report/index.html`,
  );
  const fine = { ...auditRun(), findings: auditRun().findings.filter(({ outcome }) => outcome === 'pass') };
  t.equal(
    text(fine, { quiet: true, outcome: { code: 0 }, written: [] }),
    'ws://127.0.0.1:43121/chat: none of 2 checks fails. (3.2 s)',
  );
});

t.test('verbose: what holds too, however much it is', async (t) => {
  const all = text(auditRun(), { verbose: true });
  t.match(all, 'Holds: 2\n    ✓ audit › opening/version: as it ought to be\n');
  const many = text(largeAudit(40), { verbose: true });
  t.match(many, 'Findings: 160, worst first\n');
  t.notMatch(many, 'in the report');
  const few = text(largeAudit(40));
  t.match(few, '\nand 110 more, in the report\n');
  t.match(few, '    there is no TLS at ws:// (80 checks, such as tls/versions)\n');
});

t.test('since an earlier record only what is new or worse is told in full', async (t) => {
  const run = auditRun();
  const was = (check: string) => (check === 'origins/foreign' ? 'pass' : 'warn');
  const before: Run = {
    ...run,
    findings: run.findings.map((each) =>
      ['origins/foreign', 'framing/unmasked'].includes(each.check)
        ? { ...each, outcome: was(each.check) }
        : each,
    ),
  };
  const compared = { ...run, comparison: comparison(before, run) };
  const only = newOrWorse(before, run);
  const told = text(compared, { only });
  t.match(told, 'Findings: 2, worst first\n✗ high vulnerability  origins/foreign: ');
  t.match(told, / \(new\)\n {4}seen/);
  t.match(told, / \(worse\)\n {4}seen/);
  t.match(told, '\n2 findings as in the baseline (told with -v, and in the report)\n');
  t.match(told, '\nSince 2026-03-04T05:06:07.000Z: 1 new, 1 worse, 5 still\n');
  t.match(text(compared, { only, verbose: true }), 'Findings: 4, worst first');
  t.match(text(run, { only: new Set() }), '\n\n4 findings as in the baseline');
});

t.test('where there is no remedy: a fix, the references, or where to ask', async (t) => {
  const run = auditRun();
  const about = (change: object) => {
    const checks = { ...run.checks, 'origins/null': { ...run.checks['origins/null']!, ...change } };
    const findings = run.findings.filter(({ check }) => check === 'origins/null');
    return text({ ...run, checks, findings })
      .split('\n')
      .find((each) => each.startsWith('    do '));
  };
  const none = { remedy: undefined, cwe: undefined };
  t.equal(about({ ...none, fixes: { ws: 'one();\ntwo();' } }), '    do    ws: one(); (RFC 6454 §7.1)');
  t.equal(about(none), '    do    see RFC 6454 §7.1');
  t.equal(about({ ...none, refs: ['https://x.example/'] }), '    do    wsgauntlet explain origins/null');
});

t.test('two endpoints are told apart', async (t) => {
  const run = auditRun();
  const places = { ...run.places, compare: { title: 'ws://127.0.0.1:43122/', hops: [] } };
  t.match(text({ ...run, places }), '✗ high vulnerability  audit › origins/foreign: ');
});

t.test('hostile text stays text, on three lines a finding, within the terminal', async (t) => {
  for (const columns of [80, 200, Number.POSITIVE_INFINITY]) {
    const lines = text(hostileRun(auditRun()), { columns, verbose: true }).split('\n');
    t.notMatch(lines.join('\n'), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
    t.notOk(lines.some((each) => /^(not )?ok \d|^Bail out/.test(each)));
    const heads = lines.flatMap((each, i) => (/^[✗▲] (high|low) /.test(each) ? [i] : []));
    t.equal(heads.length, 4);
    for (const i of heads) t.match([lines[i + 1], lines[i + 2]], [/^ {4}seen/, /^ {4}do/]);
  }
  const wide = text(auditRun(), { columns: 60 })
    .split('\n')
    .filter((each) => /^[✗▲]|^ {4}/.test(each));
  t.ok(wide.every((each) => width(each) <= 60));
});

t.test('colours are for those who can see them', async (t) => {
  const painted = auditEnding(auditRun(), paintFor({ write() {} }, {}, true), TOLD).join('\n');
  t.match(painted, '\x1b[31m✗\x1b[0m \x1b[31mhigh\x1b[0m vulnerability  \x1b[1morigins/foreign\x1b[0m');
  t.equal(painted.replace(/\x1b\[\d+m/g, ''), text(auditRun()));
});
