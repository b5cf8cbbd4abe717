import type { Probe, Verdict } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, skip, warn } from '../../harness/verdict.js';
import { letIn, noneLetIn, tryAll, type Variant } from '../judging/variants.js';
import { anonymousOf, notGuarded } from './anonymous.js';

/**
 * Judges that none of the variants is let in, where the right credentials are and none at all are not. Variants as a
 * sentence say that there is nothing to be tried.
 */
export async function mustStayOut(
  probe: Probe,
  variants: readonly Variant[] | string,
  outcome: 'fail' | 'warn' = 'fail',
): Promise<Verdict> {
  if (typeof variants === 'string') return skip(variants);
  const why = await notGuarded(probe);
  if (why !== undefined) return skip(why);
  const tried = await tryAll(probe, variants);
  const accepted = letIn(tried);
  if (accepted.length === 0) return noneLetIn(tried);
  const names = accepted.map(({ name }) => show(name)).join('; ');
  const expected = `refused, as without credentials (${(await anonymousOf(probe)).told})`;
  const actual = `let in with ${names}`;
  return outcome === 'warn' ? warn(actual, { expected, actual }) : fail(expected, actual);
}
