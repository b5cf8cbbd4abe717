import t from 'tap';
import { sampleRun } from '../../../reports/testing/sample.js';
import { matrix } from './matrix.js';
import { paintFor, width } from './paint.js';

const plain = paintFor({ write() {} }, {}, false);
const colours = paintFor({ write() {} }, {}, true);

t.test('scenarios by topics, in words where there is no colour', async (t) => {
  const lines = matrix(sampleRun(), plain, 200);
  t.match(lines[0], /^scenario +opening +keepalive /);
  const stripping = lines.find((line) => line.startsWith('plain/nginx-stripping'));
  t.match(stripping, /^plain\/nginx-stripping {2,}known 2\/\d+ +pass /);
});

t.test('glyphs in colour take no more room than they show', async (t) => {
  const lines = matrix(sampleRun(), colours, 200);
  t.match(lines.join('\n'), '\x1b[31m✗\x1b[0m');
  const rows = lines.slice(0, -1);
  t.match(lines.at(-1), /✗.* .*fail/);
  t.ok(rows.every((row) => width(row) < 120));
});

t.test('topics that do not fit go below', async (t) => {
  const lines = matrix(sampleRun(), plain, 70);
  t.ok(lines.filter((line) => line.startsWith('scenario ')).length > 1);
  for (const line of lines) t.ok(line.length <= 70, line);
});
