import { select } from '../../catalogue.js';
import { didYouMean, orList } from '../nearest.js';
import { Misuse } from '../trouble.js';

/**
 * Those that a selector takes, never none.
 * @throws {Misuse} with what may have been meant; `what` is as messages say it: `no check`, `nothing`.
 */
export function find<T extends { id: string }>(
  all: readonly T[],
  selector: string,
  what: string,
): readonly T[] {
  const found = select(all, selector);
  if (found.length > 0) return found;
  const hint = meant(
    selector,
    all.map(({ id }) => id),
  );
  throw new Misuse(
    `${what} is called "${selector}" or begins with it${hint || '; `wsgauntlet list` shows what there is'}`,
  );
}

/** `; did you mean …?` for an id, the beginning of one, or the last word of one. */
export function meant(selector: string, ids: readonly string[]): string {
  const ending = ids.filter((id) => id.split('/').at(-1) === selector);
  if (ending.length > 0) return `; did you mean ${orList(ending.slice(0, 3))}?`;
  const beginnings = ids.flatMap((id) => id.split('/').slice(0, -1));
  return didYouMean(selector, [...new Set([...ids, ...beginnings])]);
}
