import { select } from '../../catalogue.js';
import { didYouMean } from '../nearest.js';
import { Misuse } from '../trouble.js';

/**
 * Those that a selector takes, never none.
 * @throws {Misuse} with what may have been meant; `what` is as messages say it: `scenario`, `--checks: check`.
 */
export function find<T extends { id: string }>(
  all: readonly T[],
  selector: string,
  what: string,
): readonly T[] {
  const found = select(all, selector);
  if (found.length > 0) return found;
  const ids = all.map(({ id }) => id);
  const prefixes = ids.flatMap((id) => id.split('/').slice(0, -1));
  const last = ids.filter((id) => id.split('/').at(-1) === selector);
  const hint =
    last.length > 0
      ? `; did you mean ${last.join(' or ')}?`
      : didYouMean(selector, [...new Set([...ids, ...prefixes])]);
  throw new Misuse(
    `no ${what} is called "${selector}" or begins with it${hint || '; see `wsgauntlet list`'}`,
  );
}
