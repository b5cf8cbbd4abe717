import { states, tally } from '../../../reports/common/state.js';
import { byScenario, topicOf, topics } from '../../../reports/common/summary.js';
import { line } from '../../../reports/common/text.js';
import type { Finding, Run } from '../../model.js';
import { columns } from './columns.js';
import { colourOf, mark, markOrWord } from './marks.js';
import { clipped, type Paint, width } from './paint.js';

const WIDEST_ID = 40;

/** Scenarios by topics: the worst of each cell, and how many findings are so; in several pieces where it is too wide. */
export function matrix(run: Run, paint: Paint, room: number): string[] {
  const all = topics(run);
  const rows = [...byScenario(run)].map(([id, findings]) => {
    const name = clipped(line(id), WIDEST_ID);
    return {
      name,
      cells: all.map((topic) =>
        cell(
          findings.filter(({ check }) => topicOf(check) === topic),
          paint,
        ),
      ),
    };
  });
  if (rows.length === 0) return [];
  const wide = Math.max(8, ...rows.map(({ name }) => name.length));
  const pieces = fit(
    all.map((topic, i) => Math.max(topic.length, ...rows.map(({ cells }) => width(cells[i]!)))),
    room - wide,
  );
  const lines = pieces.map(([from, to]) =>
    columns([
      ['scenario', ...all.slice(from, to).map(line)].map((head) => paint('bold', head)),
      ...rows.map(({ name, cells }) => [name, ...cells.slice(from, to)]),
    ]),
  );
  return [...lines.flatMap((piece, i) => (i === 0 ? piece : ['', ...piece])), ...legend(run, paint)];
}

function cell(findings: readonly Finding[], paint: Paint): string {
  const [worst] = tally(findings);
  if (!worst) return '·';
  const [state, n] = worst;
  const figure = n === findings.length ? `${n}` : `${n}/${findings.length}`;
  return `${markOrWord(state, paint)} ${paint(colourOf(state), figure)}`;
}

/** How many columns go side by side: pairs of first and one past the last. */
function fit(widths: readonly number[], room: number): [number, number][] {
  const pieces: [number, number][] = [];
  for (let from = 0; from < widths.length; ) {
    let to = from;
    for (let left = room; to < widths.length && (left >= widths[to]! + 2 || to === from); to++)
      left -= widths[to]! + 2;
    pieces.push([from, to]);
    from = to;
  }
  return pieces;
}

/** What the glyphs mean, in a word each; words need none. */
function legend(run: Run, paint: Paint): string[] {
  if (paint.plain) return [];
  return [
    [...tally(run.findings).keys()]
      .map((state) => `${mark(state, paint)} ${paint('dim', states[state].word)}`)
      .join('  '),
  ];
}
