import t from 'tap';
import type { Finding, Scenario } from '../../model.js';
import { Board } from './board.js';
import { grid, gridProgress } from './grid.js';
import { paintFor } from './paint.js';

const plain = paintFor({ write() {} }, {}, false);
const scenario = {} as Scenario;
const check = {} as never;
const finding = (scenario: string, check: string, outcome: Finding['outcome']): Finding => ({
  id: `${scenario} › ${check}`,
  check,
  scenario,
  outcome,
  expected: 'pass',
  differs: outcome === 'fail' || outcome === 'error',
  message: 'said',
  evidence: [],
  startedAt: '',
  ms: 1,
});
const boardOf = (scenarios: readonly string[], checks: readonly string[]) =>
  new Board(
    scenarios.map((id) => ({ id, scenario, checks: Object.fromEntries(checks.map((one) => [one, check])) })),
  );

t.test('a status line, and a line of glyphs for each scenario at work', async (t) => {
  const board = boardOf(['a/one', 'b/two', 'c/three'], ['x/1', 'x/2', 'x/3']);
  board.take(finding('a/one', 'x/1', 'pass'));
  board.take(finding('a/one', 'x/3', 'fail'));
  for (const one of ['x/1', 'x/2', 'x/3']) board.take(finding('b/two', one, 'error'));
  t.same(grid(board, new Set(['a/one', 'b/two']), plain, { columns: 80, rows: 24, seconds: 65 }), [
    '1/3 scenarios  5/9 checks  1 not as expected  3 errors  1:05',
    'a/one ✓·✗',
  ]);
});

t.test('nothing is wider or higher than the room', async (t) => {
  const ids = Array.from({ length: 40 }, (_, i) => `a-rather-long-folder-name/scenario-number-${i}`);
  const checks = Array.from({ length: 60 }, (_, i) => `x/${i}`);
  const lines = grid(boardOf(ids, checks), new Set(ids), plain, { columns: 30, rows: 10, seconds: 0 });
  t.ok(lines.length <= 10);
  t.equal(lines.at(-1), 'and 32 more');
  for (const line of lines) t.ok(line.length <= 30, line);
});

t.test('what was drawn is erased, also where the terminal has become narrower', async (t) => {
  let written = '';
  const write = (text: string) => {
    written += text;
  };
  const sink = { write, isTTY: true, columns: 60, rows: 24 };
  const progress = gridProgress(boardOf(['a/one'], ['x/1', 'x/2']), sink, plain, {
    quiet: false,
    verbose: true,
  });
  progress.opened('a/one');
  progress.finding(finding('a/one', 'x/1', 'pass'));
  t.equal(written, '✓ a/one › x/1: said\n0/1 scenarios  1/2 checks  0:00\x1b[K\na/one ✓·\x1b[K\n\x1b[J');
  written = '';
  sink.columns = 20;
  progress.close();
  t.equal(
    written,
    `\x1b[3A\r${'\x1b[2K\x1b[1B'.repeat(3)}\x1b[3A\r`,
    'the status line takes two rows by now',
  );
  written = '';
  progress.note('SIGINT: stopping');
  t.equal(written, 'SIGINT: stopping\n', 'what comes later is a line and no more');
});
