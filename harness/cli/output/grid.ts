import { stateOf } from '../../../reports/common/state.js';
import { line } from '../../../reports/common/text.js';
import type { Finding } from '../../model.js';
import type { Sink } from '../io.js';
import { type Board, done, type Row } from './board.js';
import { type Loudness, lineOf } from './lines.js';
import { mark } from './marks.js';
import { clipped, type Paint, padded, width } from './paint.js';
import type { Progress } from './progress.js';

const EVERY_MS = 100;
const WIDEST_ID = 36;

/** Progress on a terminal: the scenarios at work, a glyph for each check of theirs, drawn in place. */
export function gridProgress(board: Board, sink: Sink, paint: Paint, { verbose }: Loudness): Progress {
  const began = performance.now();
  const open = new Set<string>();
  let drawn: readonly string[] = [];
  let closed = false;

  /** Rows that what was drawn takes by now: a terminal that became narrower has wrapped it. */
  const height = () =>
    drawn.reduce((sum, text) => sum + Math.max(1, Math.ceil(width(text) / columnsOf(sink))), 0);
  const up = (rows: number) => (rows > 0 ? `\x1b[${rows}A\r` : '');
  const clear = () => {
    const rows = height();
    sink.write(up(rows) + '\x1b[2K\x1b[1B'.repeat(rows) + up(rows));
    drawn = [];
  };
  const draw = () => {
    const seconds = Math.floor((performance.now() - began) / 1000);
    const room = { columns: columnsOf(sink) - 1, rows: (sink.rows ?? 24) - 1, seconds };
    const lines = grid(board, open, paint, room);
    // Over what is there, so that nothing flickers.
    sink.write(`${up(height())}${lines.map((text) => `${text}\x1b[K\n`).join('')}\x1b[J`);
    drawn = lines;
  };
  const print = (text: string) => {
    clear();
    sink.write(`${text}\n`);
    if (!closed) draw();
  };
  const timer = setInterval(draw, EVERY_MS);
  timer.unref();
  return {
    opened(scenario) {
      open.add(scenario);
    },
    finding(finding) {
      board.take(finding);
      open.add(finding.scenario);
      if (verbose) print(lineOf(finding, paint));
    },
    note: (text) => print(line(text)),
    close() {
      clearInterval(timer);
      clear();
      closed = true;
    },
  };
}

const columnsOf = (sink: Sink): number => Math.max(20, sink.columns ?? 80);

interface Room {
  columns: number;
  rows: number;
  seconds: number;
}

/** The lines of the grid, none wider than the room: a status line, and the scenarios at work. */
export function grid(board: Board, open: ReadonlySet<string>, paint: Paint, room: Room): string[] {
  const { scenarios, ofScenarios, findings, ofFindings, differ, errors } = board.totals();
  const clock = `${Math.floor(room.seconds / 60)}:${String(room.seconds % 60).padStart(2, '0')}`;
  const status = [
    `${scenarios}/${ofScenarios} scenarios`,
    `${findings}/${ofFindings} checks`,
    ...(differ > 0 ? [`${differ} not as expected`] : []),
    ...(errors > 0 ? [`${errors} errors`] : []),
    clock,
  ];
  const busy = board.rows.filter((row) => open.has(row.id) && !done(row));
  const shown = busy.slice(0, Math.max(1, room.rows - 2));
  const idWidth = Math.min(
    WIDEST_ID,
    Math.floor(room.columns / 2),
    Math.max(0, ...shown.map(({ id }) => id.length)),
  );
  const more = busy.length - shown.length;
  return [
    paint('bold', clipped(status.join('  '), room.columns)),
    ...shown.map(
      (row) =>
        `${padded(clipped(row.id, idWidth), idWidth)} ${cells(row, paint, room.columns - idWidth - 1)}`,
    ),
    ...(more > 0 ? [clipped(`and ${more} more`, room.columns)] : []),
  ];
}

function cells(row: Row, paint: Paint, columns: number): string {
  const fit = row.checks.length <= columns ? row.checks : row.checks.slice(0, columns - 1);
  const cell = (finding: Finding | undefined) => (finding ? mark(stateOf(finding), paint) : '·');
  return (
    fit.map((check) => cell(row.findings.get(check))).join('') + (fit.length < row.checks.length ? '…' : '')
  );
}
