import { dirname } from 'node:path';
import { UserFileError } from '../choose.js';
import { type Line, linesOf } from '../lines.js';
import { absolute, expand, Source } from '../source.js';

const DEEPEST = 10;

/** An `include` line and the files that it stands for. */
export interface Inclusion {
  line: Line;
  sources: readonly Source[];
}

export interface Whole {
  /** Every directive but `include`, in Squid's order. */
  lines: readonly Line[];
  inclusions: readonly Inclusion[];
}

/** A squid.conf with everything that it includes. */
export function readWhole(main: Source): Whole {
  const lines: Line[] = [];
  const inclusions: Inclusion[] = [];
  const read = (source: Source, depth: number): void => {
    for (const line of linesOf(source)) {
      if (line.words[0]!.text !== 'include') {
        lines.push(line);
        continue;
      }
      if (depth > DEEPEST) {
        throw new UserFileError(`${source.at(line.start)}: includes go deeper than ${DEEPEST} files`);
      }
      const sources = line.words
        .slice(1)
        .flatMap(({ text }) => expand(absolute(text.replace(/^"(.*)"$/, '$1'), dirname(main.path))))
        .map((path) => new Source(path, main.home));
      inclusions.push({ line, sources });
      for (const each of sources) read(each, depth + 1);
    }
  };
  read(main, 1);
  return { lines, inclusions };
}
