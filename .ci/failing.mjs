// Prints the test files that failed, a line each, from a file of tap's JSON reporter.
//   node .ci/failing.mjs tap.json
import { existsSync, readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
const { suites = [] } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8') || '{}') : {};
for (const { fullname, ok } of suites) if (ok === false) console.log(fullname);
