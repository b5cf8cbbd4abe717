import t from 'tap';
import { compareRuns } from '../harness/run-file.js';
import { code, fit } from './common/markdown.js';
import markdown from './markdown.js';
import { auditRun } from './testing/audit.js';
import { hostileRun, PAYLOAD } from './testing/hostile.js';
import { emptyRun, sampleRun } from './testing/sample.js';

t.test('the sample run', (t) => {
  const text = markdown.render(sampleRun());
  t.match(text, '**9 scenarios, 104 findings: 5 differ from what is expected. 1 could not be judged.**');
  t.match(text, '| scenario | path | `opening` | `keepalive` |');
  t.match(text, '| `plain/nginx` | `client → nginx → echo` | ▲ warn 1/3 |');
  t.match(
    text,
    /masking\/unmasked-ping` \(high\).*- expected: `the connection fails with close code 1002`\n- actual: `pong received.*- blame: `origin`/s,
  );
  t.match(text, '- expected: fail, because `Squid as shipped lets CONNECT through');
  t.match(text, /### Worth a look\n\n- `plain\/nginx › opening\/headers`: `nginx added X-Forwarded-For/);
  t.match(text, /### Known to break.*404 from the origin.*because `proxy_pass without/s);
  t.match(
    text,
    /### Skipped.*no WebSocket was had here.*: `plain\/nginx-stripping › keepalive\/idle-cut`, /s,
  );
  t.end();
});

t.test('where the captures are', (t) => {
  const run = sampleRun();
  const { capture: _, ...place } = run.places['plain/nginx']!;
  const without = { ...run, places: { 'plain/nginx': place } };
  t.notMatch(markdown.render(without), 'Captures');
  const capture = 'captures/plain-nginx.pcapng';
  const text = markdown.render({ ...without, places: { 'plain/nginx': { ...place, capture } } });
  t.match(text, /### Captures\n\n.*credentials.*\n\n- `plain\/nginx`: `captures\/plain-nginx\.pcapng`\n$/);
  t.end();
});

t.test('what changed since an earlier run, in a line and by name', (t) => {
  const run = sampleRun();
  t.notMatch(markdown.render(run), 'Since the run');
  const before = run.findings.map((each) =>
    each.id === 'plain/nginx › masking/unmasked-ping' ? { ...each, outcome: 'pass' as const } : each,
  );
  const comparison = compareRuns({ ...run, findings: before }, run);
  const text = markdown.render({ ...run, comparison });
  const figures = '1 new · 0 slower · 0 fixed · 9 still · 0 gone · 0 skipped before · 1 flaky';
  t.match(text, `Since the run of 2025-03-04T05:06:07.000Z: ${figures}\n`);
  t.match(text, '\n**new**: `plain/nginx › masking/unmasked-ping`\n');
  t.notMatch(text, '**fixed**');
  t.end();
});

t.test('an audit: its head, a line a topic, the worst first, fixes as blocks of code', (t) => {
  const text = markdown.render(auditRun());
  t.match(text, '\n- profile: `intrusive; the user said that they are authorised`\n');
  t.match(text, '\n- traffic: `311 connections, at most 48 at once, 47.1 KiB sent`\n');
  t.match(text, '\n| topic | ✗ fail | ! error | ▲ warn | ◑ accepted | ✓ pass | i info | – skip |\n');
  t.match(text, '\n| `origins` | 1 | · | 1 | · | · | · | · |\n');
  t.match(
    text,
    /origins\/foreign` \(high vulnerability\).*limits\/handshakes` \(medium hardening\).*framing\/unmasked` \(low conformance\)/s,
  );
  t.match(text, /with `ws`: \n\n {2}```\n {2}new WebSocketServer\(\{\n {4}verifyClient/);
  t.match(text, /### Accepted\n\n- `audit › limits\/ceiling`: .*, until `2027-03-31` because `only the VPN/);
  t.match(text, '### Weak, and to the letter\n\n▲ **warn** `audit › origins/null` (low hardening)');
  t.end();
});

t.test('nothing tried', (t) => {
  t.match(markdown.render(emptyRun()), 'Nothing was tried.');
  t.end();
});

t.test('hostile text opens nothing: outside of code there is no markup of its making', (t) => {
  for (const run of [hostileRun(), hostileRun(auditRun())]) {
    const outside = markdown
      .render(run)
      .replace(/^( *`{3,})\n.*?^\1$/gms, '')
      .replaceAll('\\|', '')
      .replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
    t.notMatch(outside, /<|`|\]\(|@|\|[^\n]*\| b \|/);
    t.notMatch(outside, /^# heading/m);
  }
  t.end();
});

t.test('code spans hold backticks', (t) => {
  t.equal(code('a `b` ``` c'), '```` a `b` ``` c ````');
  t.equal(code(''), '(empty)');
  t.equal(code('two\r\nlines\u0007'), '`two lines\\x07`');
  t.end();
});

t.test('stays below what a job summary may be', (t) => {
  const run = sampleRun();
  const many = Array.from({ length: 200 }, (_, i) =>
    run.findings.map((finding) => ({
      ...finding,
      scenario: `${finding.scenario}-${i}`,
      differs: true,
      message: `ö${PAYLOAD}`,
    })),
  );
  const text = markdown.render({ ...run, findings: many.flat() });
  t.ok(Buffer.byteLength(text) <= 1_000_000, `${Buffer.byteLength(text)} octets`);
  t.match(text, /\*Cut here to fit: \d+ more lines and blocks; all of it is in run\.json\.\*\n$/);
  t.end();
});

t.test('what fits is whole, and what is cut says so', (t) => {
  t.equal(
    fit(['öö', 'b'], 20, (left) => `cut ${left}`),
    'ööb',
  );
  t.equal(
    fit(['öööö', 'bb', 'c'], 15, (left) => `cut ${left}`),
    'ööööbbcut 1',
  );
  t.end();
});
