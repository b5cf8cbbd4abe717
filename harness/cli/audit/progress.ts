import { isBad } from '../../../reports/common/state.js';
import { line } from '../../../reports/common/text.js';
import type { Finding } from '../../model.js';
import type { Io, Sink } from '../io.js';
import { lineOf } from '../output/lines.js';
import type { Paint } from '../output/paint.js';
import type { Progress } from '../output/progress.js';

interface Ways {
  of: number;
  quiet: boolean;
  verbose: boolean;
}

/** One line that counts where somebody watches; else what goes wrong, as it comes. */
export function auditProgress(sink: Sink, { env }: Io, paint: Paint, { of, quiet, verbose }: Ways): Progress {
  const watched = sink.isTTY === true && !quiet && !env.CI && env.TERM !== 'dumb';
  let done = 0;
  let bad = 0;
  const wipe = () => void (watched && sink.write('\r\x1b[K'));
  const print = (text: string) => {
    wipe();
    sink.write(`${text}\n`);
  };
  return {
    opened() {},
    finding(finding: Finding) {
      done++;
      if (isBad(finding)) bad++;
      if (verbose) print(lineOf(finding, paint));
      if (watched)
        sink.write(`\r\x1b[K${done} of ${of} checks, ${bad} ${bad === 1 ? 'finding' : 'findings'}`);
    },
    note(text) {
      if (!quiet) print(line(text));
    },
    close: wipe,
  };
}
