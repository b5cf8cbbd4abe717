import { type State, stateOf, states } from '../../../reports/common/state.js';
import { topicOf, topics } from '../../../reports/common/summary.js';
import { line } from '../../../reports/common/text.js';
import type { Finding, Run } from '../../model.js';
import { columns } from './columns.js';
import { colourOf } from './marks.js';
import { type Paint, padded, width } from './paint.js';

const ALWAYS: readonly State[] = ['pass', 'warn', 'fail', 'skip'];
const BESIDES: readonly State[] = ['error', 'accepted', 'known', 'unexpected', 'info'];

/** How many of each outcome, a line for each topic. */
export function topicTable(run: Run, paint: Paint): string[] {
  const met = new Set(run.findings.map(stateOf));
  const shown = [...ALWAYS, ...BESIDES.filter((state) => met.has(state))];
  const head = ['topic', ...shown.map((state) => states[state].word)].map((word) => paint('bold', word));
  const rows = topics(run).map((topic) => {
    const own = run.findings.filter(({ check }) => topicOf(check) === topic);
    return [line(topic), ...shown.map((state) => figure(own, state, paint))];
  });
  return rightAligned([head, ...rows]);
}

function figure(findings: readonly Finding[], state: State, paint: Paint): string {
  const n = findings.filter((finding) => stateOf(finding) === state).length;
  return n === 0 ? paint('dim', '·') : paint(colourOf(state), String(n));
}

/** The first column to the left, figures to the right. */
function rightAligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => width(row[i]!))));
  return columns(
    rows.map((row) =>
      row.map((cell, i) =>
        i === 0 ? padded(cell, widths[0]!) : `${' '.repeat(widths[i]! - width(cell))}${cell}`,
      ),
    ),
  );
}
