import { isBad } from '../../../reports/common/state.js';
import { line } from '../../../reports/common/text.js';
import type { Finding } from '../../model.js';
import type { Io, Sink } from '../io.js';
import type { Progress } from '../output/progress.js';

interface Ways {
  of: number;
  quiet: boolean;
}

/** One line that counts, where somebody watches. What was found is told at the end, the worst first. */
export function auditProgress(sink: Sink, { env }: Io, { of, quiet }: Ways): Progress {
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
      if (watched)
        sink.write(`\r\x1b[K${done} of ${of} checks, ${bad} ${bad === 1 ? 'finding' : 'findings'}`);
    },
    note(text) {
      if (!quiet) print(line(text));
    },
    close: wipe,
  };
}
