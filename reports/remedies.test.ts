import t from 'tap';
import type { Finding, Remedy, Reporter, Run } from '../harness/model.js';
import { linesOf, proofWord, told } from './common/remedy.js';
import junit from './junit.js';
import markdown from './markdown.js';
import sarif from './sarif/index.js';
import tap from './tap.js';
import { sampleRun } from './testing/sample.js';

const remedy: Remedy = {
  hop: 'nginx',
  title: 'forward Upgrade',
  language: 'nginx',
  parts: [
    { where: 'location / { … }', lines: ['proxy_http_version 1.1;', '  # ``` &<b>'] },
    { lines: ['on;'] },
  ],
  note: 'at a price',
};
const proved = { held: true, text: 'with it, opening/upgrade passes' };

/** One finding that fails, with a remedy. */
function runWith(more: Partial<Finding>): Run {
  const run = sampleRun();
  const [first] = run.findings;
  const told = { outcome: 'fail', expected: 'pass', differs: true } as const;
  return { ...run, findings: [{ ...first!, ...told, ...more }] };
}
const text = (reporter: Reporter, more: Partial<Finding> = { remedy, proved }) =>
  reporter.render(runWith(more));

t.test('in words', async (t) => {
  t.same(told(remedy), [
    'nginx: forward Upgrade',
    '  location / { … }:',
    '    proxy_http_version 1.1;',
    '      # ``` &<b>',
    '  on;',
    '  (at a price)',
  ]);
  t.same(
    [{ held: true }, { held: false }, {}].map((one) => proofWord({ ...one, text: '' })),
    ['held', 'did not hold', 'not tried'],
  );
});

t.test('lines are bounded, stay one line each, and are made inert', async (t) => {
  const lines = ['a\n;evil', '\x1b[31m', 'x'.repeat(1000), ...Array.from({ length: 100 }, () => 'y')];
  const shown = linesOf({ lines });
  t.same(shown.slice(0, 2), ['a ;evil', '\\x1b[31m']);
  t.equal(shown.length, 60);
  t.ok(shown[2]!.length < 500);
});

t.test('JUnit, TAP and SARIF have the lines and the proof', async (t) => {
  t.match(
    text(junit),
    'remedy: nginx: forward Upgrade\n  location / { … }:\n    proxy_http_version 1.1;\n      # ``` &amp;&lt;b&gt;\n',
  );
  t.match(text(junit), 'proved: held: with it, opening/upgrade passes');
  t.match(text(tap), '  remedy: "nginx: forward Upgrade\\n  location / { … }:\\n    proxy_http_version 1.1;');
  t.match(text(tap), '  proved: "held: with it, opening/upgrade passes"');
  const message = JSON.parse(text(sarif)).runs[0].results[0].message.text;
  t.match(message, 'Remedy: nginx: forward Upgrade\n  location / { … }:\n    proxy_http_version 1.1;');
  t.match(message, 'Proved: held: with it, opening/upgrade passes');
});

t.test('Markdown: a block of code that its own backticks do not end', async (t) => {
  const shown = text(markdown);
  t.match(
    shown,
    `- remedy: \`nginx\`: forward Upgrade

  \`location / { … }\`:

  \`\`\`\`nginx
  proxy_http_version 1.1;
    # \`\`\` &<b>
  \`\`\`\`

  \`\`\`nginx
  on;
  \`\`\`

  at a price
`,
  );
  t.match(shown, '- proved: held: `with it, opening/upgrade passes`');
  const untried = text(markdown, { remedy, proved: { text: 'could not be tried: no' } });
  t.match(untried, '- proved: not tried: `could not be tried: no`');
});

t.test('what helps in general, where the hop has nothing to say', async (t) => {
  const run = runWith({});
  const general = run.checks[run.findings[0]!.check]!.remedy;
  const { remedy: _, proved: __, ...bare } = run.findings[0]!;
  const shown = junit.render({ ...run, findings: [bare] });
  if (general) t.match(shown, `remedy: ${general.slice(0, 20)}`);
  t.notMatch(shown, 'proved:');
});
