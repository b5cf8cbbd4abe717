import t from 'tap';
import junit from '../../../reports/junit.js';
import markdown from '../../../reports/markdown.js';
import sarif from '../../../reports/sarif/index.js';
import tap from '../../../reports/tap.js';
import { sampleRun } from '../../../reports/testing/sample.js';
import { paintFor } from './paint.js';
import { failures } from './summary.js';

const run = sampleRun();
const ID = 'plain/nginx › masking/unmasked-ping';
const did = 'origin dropped `Upgrade`; it saw HTTP/1.0 and answered 426.';
const findings = run.findings.map((finding) => (finding.id === ID ? { ...finding, did } : finding));
const told = { ...run, findings };

t.test('what the hop to blame did is one line of what is printed of a failure', async (t) => {
  t.ok(findings.some((finding) => 'did' in finding));
  const paint = paintFor({ write() {} }, {}, false);
  const lines = failures(told, { paint, columns: 100, all: false });
  t.ok(lines.includes(`    blame     ${did}`));
  t.match(
    markdown.render(told),
    '- blame: origin dropped &#96;Upgrade&#96;; it saw HTTP/1.0 and answered 426.',
  );
  t.match(junit.render(told), `\nblame: ${did}\n`);
  t.match(sarif.render(told), `Blame: ${did}`);
  t.match(tap.render(told), `did: "${did}"`);
});
