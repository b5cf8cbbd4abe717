import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { comparison } from '../../harness/cli/new-or-worse.js';
import type { Finding, Run } from '../../harness/model.js';
import { auditRun } from '../testing/audit.js';
import { hostileRun } from '../testing/hostile.js';
import { emptyRun, sampleRun } from '../testing/sample.js';
import { sarifShape } from '../testing/sarif-shape.js';
import sarif from './index.js';

const parse = (text: string) => JSON.parse(text).runs[0];

t.test('failures and warnings that differ, worst first', (t) => {
  const run = parse(sarif.render(sampleRun()));
  t.same(
    run.results.map((each: { ruleId: string; level: string }) => `${each.level} ${each.ruleId}`),
    [
      'error wss/expired-certificate',
      'error masking/unmasked-ping',
      'warning opening/early-frames',
      'warning keepalive/server-ping',
    ],
  );
  t.match(run.tool.driver.rules[0], {
    id: 'wss/expired-certificate',
    defaultConfiguration: { level: 'error' },
    properties: {
      'security-severity': '9.5',
      tags: ['security', 'websocket', 'wss', 'external/cwe/cwe-298'],
    },
  });
  for (const { ruleId, ruleIndex } of run.results) t.equal(run.tool.driver.rules[ruleIndex].id, ruleId);
  t.match(
    run.results[1].message.text,
    /Expected: the connection fails with close code 1002\nActual: pong received/,
  );
  t.end();
});

t.test('fingerprints are of the finding, not of the wording', (t) => {
  const changed = {
    ...sampleRun(),
    findings: sampleRun().findings.map((each) => ({ ...each, message: 'otherwise' })),
  };
  const prints = (text: string) =>
    parse(text).results.map((each: { partialFingerprints: object }) => each.partialFingerprints);
  t.same(prints(sarif.render(changed)), prints(sarif.render(sampleRun())));
  t.match(prints(sarif.render(sampleRun()))[0].primaryLocationLineHash, /^[0-9a-f]{16}:1$/);
  t.end();
});

t.test('an error is told as one of the tool, not as a result', (t) => {
  const [invocation] = parse(sarif.render(sampleRun())).invocations;
  t.equal(invocation.executionSuccessful, false);
  t.match(invocation.toolExecutionNotifications, [
    { level: 'error', message: { text: /mockttp ended while/ } },
  ]);
  t.match(parse(sarif.render(emptyRun())), { results: [], invocations: [{ executionSuccessful: true }] });
  t.end();
});

t.test('hostile names make relative addresses still', (t) => {
  for (const { locations } of parse(sarif.render(hostileRun())).results) {
    const { uri } = locations[0].physicalLocation.artifactLocation;
    t.match(uri, /^scenarios\/[\w.!~*'()%/-]+\.scenario\.ts$/);
    t.match(new URL(uri, 'file:///base/').href, /^file:\/\/\/base\/scenarios\//);
  }
  t.end();
});

t.test('has the shape of SARIF 2.1.0', (t) => {
  const validate = new Ajv2020({ strict: true }).compile(sarifShape);
  const audited = auditRun();
  const runs = {
    ...{ sample: sampleRun(), empty: emptyRun(), hostile: hostileRun() },
    ...{ audit: audited, 'hostile audit': hostileRun(audited) },
    compared: { ...audited, comparison: comparison(sampleRun(), audited) },
  };
  for (const [kind, run] of Object.entries(runs)) {
    t.ok(validate(JSON.parse(sarif.render(run))), `${kind}: ${JSON.stringify(validate.errors)}`);
    const { results, tool } = parse(sarif.render(run));
    for (const { ruleId, ruleIndex } of results) t.equal(tool.driver.rules[ruleIndex].id, ruleId);
  }
  t.end();
});

interface Result {
  ruleId: string;
  level: string;
  properties: Record<string, string>;
  partialFingerprints: { primaryLocationLineHash: string };
  locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
}

t.test('an audit: what fails and what warns, by its own severity; nothing of what was skipped', (t) => {
  const { results, tool, invocations } = parse(sarif.render(auditRun()));
  t.same(
    results.map((each: Result) => `${each.level} ${each.ruleId} ${each.properties['security-severity']}`),
    [
      'error origins/foreign 8.0',
      'error limits/ceiling 8.0',
      'note opening/subprotocol 3.0',
      'note origins/null 3.0',
      'note framing/unmasked 3.0',
    ],
  );
  t.match(results[0].properties, {
    kind: 'vulnerability',
    topic: 'origins',
    severity: 'high',
    outcome: 'fail',
  });
  t.match(results[1].suppressions, [
    { kind: 'external', status: 'accepted', justification: 'only the VPN reaches it (until 2027-03-31)' },
  ]);
  t.equal(results[0].suppressions, undefined);
  t.match(results[4].properties.evidence.at(-2), / client sent frame ping unmasked 2 octets \[70 07\]$/);
  t.equal(results[0].locations[0].physicalLocation.artifactLocation.uri, 'ws/127.0.0.1/chat');
  t.equal(invocations[0].toolExecutionNotifications.length, 1);
  const rule = tool.driver.rules.find(({ id }: { id: string }) => id === 'framing/unmasked');
  t.equal(rule.defaultConfiguration.level, 'warning', 'the check’s own severity');
  t.same(tool.driver.rules[0].properties, {
    tags: ['security', 'websocket', 'origins', 'vulnerability', 'external/cwe/cwe-1385'],
    'security-severity': '8.0',
  });
  t.equal(tool.driver.rules[0].helpUri, 'https://www.rfc-editor.org/rfc/rfc6455#section-10.2');
  const { help } = tool.driver.rules[0];
  t.match(
    help.text,
    'Remedy: Compare Origin with a list of your own origins before the upgrade.\n\nws:\nnew WebS',
  );
  t.match(help.markdown, 'With `nginx`:\n\n```\nmap $http_origin $known { default 0; ');
  t.match(help.markdown, '[CWE-1385](https://cwe.mitre.org/data/definitions/1385.html), [RFC 6455 §10.2](');
  t.end();
});

t.test('a warning is no error, however bad it would be', (t) => {
  const levels = (severity: Finding['severity']) => {
    const run = auditRun();
    const findings = run.findings
      .filter(({ check }) => check === 'origins/null')
      .map((each) => ({ ...each, ...(severity && { severity }) }));
    return parse(sarif.render({ ...run, findings })).results[0].level;
  };
  t.same((['critical', 'high', 'medium', 'low', 'info'] as const).map(levels), [
    ...['warning', 'warning', 'warning', 'note', 'note'],
  ]);
  t.end();
});

t.test(
  'fingerprints of an audit are of check and endpoint: not of times, words or the ports of a lab',
  (t) => {
    const at = (url: string, more: Partial<Finding> = {}): string[] => {
      const run = auditRun();
      const findings = run.findings.map((each) => ({ ...each, ...more }));
      const moved: Run = {
        ...run,
        findings,
        startedAt: '2027-01-01T00:00:00.000Z',
        audit: { ...run.audit!, url },
      };
      return parse(sarif.render(moved)).results.map(
        (each: Result) => each.partialFingerprints.primaryLocationLineHash,
      );
    };
    const here = at('ws://127.0.0.1:43121/chat');
    t.equal(new Set(here).size, 5, 'each has its own');
    t.same(
      at('ws://127.0.0.1:50000/chat', { message: 'otherwise', startedAt: '', evidence: [], ms: 99 }),
      here,
    );
    t.same(at('ws://127.0.0.1:43121/chat?token=1'), here);
    t.notSame(at('ws://127.0.0.1:43121/feed'), here);
    t.notSame(at('wss://staging.example:8443/chat'), at('wss://staging.example:9443/chat'));
    t.end();
  },
);

t.test('two endpoints at once: a result each', (t) => {
  const run = auditRun();
  const other = run.findings.map((each) => ({ ...each, id: `compare › ${each.check}`, scenario: 'compare' }));
  const places = { ...run.places, compare: { title: 'wss://proxy.example/chat', hops: [] } };
  const { results } = parse(sarif.render({ ...run, places, findings: [...run.findings, ...other] }));
  const uris = results.map((each: Result) => each.locations[0]!.physicalLocation.artifactLocation.uri);
  t.same([...new Set(uris)], ['ws/127.0.0.1/chat', 'wss/proxy.example/chat']);
  t.equal(new Set(results.map((each: Result) => each.partialFingerprints.primaryLocationLineHash)).size, 10);
  t.end();
});

t.test('what is new, worse and as before', (t) => {
  const now = auditRun();
  const was: Readonly<Record<string, Finding['outcome']>> = {
    'origins/foreign': 'pass',
    'framing/unmasked': 'warn',
  };
  const before = {
    ...now,
    findings: now.findings.map((each) => ({ ...each, outcome: was[each.check] ?? each.outcome })),
  };
  const { results } = parse(sarif.render({ ...now, comparison: comparison(before, now) }));
  t.same(
    results.map((each: { baselineState: string }) => each.baselineState),
    ['new', 'unchanged', 'unchanged', 'unchanged', 'updated'],
  );
  t.end();
});
