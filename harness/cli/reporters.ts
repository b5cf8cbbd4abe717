import { resolve } from 'node:path';
import { load, units } from '../catalogue.js';
import type { Reporter } from '../model.js';
import { didYouMean } from './nearest.js';
import { Misuse } from './trouble.js';

/** A report that was asked for: `junit`, `junit=build/ws.xml`. */
export interface Wanted {
  id: string;
  reporter: Reporter;
  /** Absolute; absent when no file was given. */
  file?: string;
}

/** @throws {Misuse} for a reporter that there is not. */
export function wantedReports(given: readonly string[], cwd: string): Promise<Wanted[]> {
  const all = units('reports');
  return Promise.all(
    given.map(async (one) => {
      const [id = '', file] = one.split(/=(.*)/s);
      const unit = all.find((each) => each.id === id);
      if (!unit) {
        const ids = all.map((each) => each.id);
        throw new Misuse(
          `--report: there is no reporter "${id}"${didYouMean(id, ids) || `; there are ${ids.join(', ')}`}`,
        );
      }
      if (file === '') throw new Misuse(`--report ${one}: the file's name is missing`);
      return {
        id,
        reporter: await load<Reporter>(unit),
        ...(file !== undefined && { file: resolve(cwd, file) }),
      };
    }),
  );
}
