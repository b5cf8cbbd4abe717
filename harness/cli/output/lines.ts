import { isBad, states, tally } from '../../../reports/common/state.js';
import { line } from '../../../reports/common/text.js';
import type { Finding } from '../../model.js';
import type { Sink } from '../io.js';
import type { Board } from './board.js';
import { markOf } from './marks.js';
import type { Paint } from './paint.js';
import type { Progress } from './progress.js';

export interface Loudness {
  quiet: boolean;
  verbose: boolean;
}

/** Progress where nobody watches: a line for each scenario once it is through, and one for what is not as expected. */
export function lineProgress(board: Board, sink: Sink, paint: Paint, { quiet, verbose }: Loudness): Progress {
  const print = (text: string) => void sink.write(`${text}\n`);
  const faults = new Set<string>();
  /** A fault of the place's is every check's: it is told once. */
  const isNews = ({ outcome, scenario, message }: Finding) => {
    if (outcome !== 'error' || faults.has(`${scenario} ${message}`)) return false;
    return faults.add(`${scenario} ${message}`);
  };
  return {
    opened() {},
    finding(finding) {
      const row = board.take(finding);
      if (quiet) return;
      if (verbose || isBad(finding) || isNews(finding)) print(lineOf(finding, paint));
      if (!row) return;
      const counts = [...tally([...row.findings.values()])].map(([state, n]) => `${n} ${states[state].word}`);
      const { scenarios, ofScenarios } = board.totals();
      print(`[${scenarios}/${ofScenarios}] ${row.id}: ${counts.join(', ')}`);
    },
    note(text) {
      if (!quiet) print(line(text));
    },
    close() {},
  };
}

export function lineOf(finding: Finding, paint: Paint): string {
  const tries = finding.tries === undefined ? '' : ` (try ${finding.tries})`;
  return `${markOf(finding, paint)} ${line(finding.id)}: ${line(finding.message)}${tries}`;
}
