// Prints what failed and what was skipped in a file of tap's JSON reporter, then `N passed, N failed, N skipped`, and
// exits with the code of the test command. The reporter's own totals leave out files that crashed.
// With a second file, of those test files that failed and were tried again alone, what it says of them counts.
//   node .ci/count.mjs tap.json EXIT_CODE [again.json]
import { readFileSync } from 'node:fs';

const [file, code, againFile] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };

function count(suite) {
  const failedBefore = total.failed;
  for (const part of suite.suites ?? []) count(part);
  for (const assertion of suite.cases ?? []) {
    if (assertion.skip || assertion.todo) {
      total.skipped++;
      console.log(`skipped: ${assertion.fullname} (${assertion.skip || assertion.todo})`);
    } else if (assertion.ok) {
      total.passed++;
    } else {
      fail(assertion);
    }
  }
  // It crashed, timed out or broke its plan.
  if (suite.ok === false && total.failed === failedBefore) fail(suite);
  else if (suite.plan?.skipAll) {
    total.skipped++;
    console.log(`skipped: ${suite.fullname} (${suite.plan.skipReason || suite.plan.comment})`);
  }
}

/** What failed before a file was tried again. */
function recall(suite) {
  for (const part of suite.suites ?? []) recall(part);
  for (const { ok, skip, todo, fullname } of suite.cases ?? [])
    if (!ok && !skip && !todo) console.log(`  failed at first: ${fullname}`);
}

function fail({ fullname, diag }) {
  total.failed++;
  console.log(`failed: ${fullname}\n${JSON.stringify(diag ?? {}, null, 2).replaceAll(/^/gm, '  ')}`);
}

try {
  const whole = JSON.parse(readFileSync(file, 'utf8'));
  const again = againFile ? JSON.parse(readFileSync(againFile, 'utf8')).suites : [];
  const named = new Set(again.map(({ fullname }) => fullname));
  for (const name of named) console.log(`tried again, alone: ${name}`);
  for (const suite of whole.suites ?? []) if (named.has(suite.fullname)) recall(suite);
  const first = (whole.suites ?? []).filter(({ fullname }) => !named.has(fullname));
  count({ ...whole, suites: [...first, ...again] });
} catch (error) {
  total.failed++;
  console.log(`failed: no record of the tests was written (${error.message})`);
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = againFile ? (total.failed > 0 ? 1 : 0) : Number(code) || (total.failed > 0 ? 1 : 0);
