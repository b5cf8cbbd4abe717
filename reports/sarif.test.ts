import t from 'tap';
import sarif from './sarif.js';
import { hostileRun } from './testing/hostile.js';
import { emptyRun, sampleRun } from './testing/sample.js';

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
