import type { Probe, Severity, Verdict } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, skip, warn } from '../../harness/verdict.js';
import { letIn, noneLetIn, tryAll, type Variant } from '../judging/variants.js';
import { atMost, gainOf } from './gravity.js';
import { FOREIGN, noPolicy, policyOf } from './policy.js';

export interface Trick {
  /** From an origin that is let in; a sentence where there is nothing to be tried. */
  variants(allowed: URL): readonly Variant[] | string;
  severity: Severity;
  /** What it is that one of them is let in; `fail` when absent. */
  outcome?: 'fail' | 'warn';
}

/** Another value of the Origin header. */
export const origin = (value: string): Variant => ({
  name: `Origin: ${value}`,
  // Header fields are octets; what is not ASCII goes as UTF-8.
  options: { change: { Origin: Buffer.from(value).toString('latin1') } },
});

/**
 * Judges that none of the variants is let in, where the allowed origin is and a foreign one is not. How bad it is that
 * one is goes by what a foreign page gains.
 */
export async function mustNotPass(
  probe: Probe,
  { variants, severity, outcome = 'fail' }: Trick,
): Promise<Verdict> {
  const policy = await policyOf(probe);
  const none = noPolicy(policy);
  if (none !== undefined || policy.allowed === undefined) return skip(none ?? 'no origin is let in');
  const all = variants(new URL(policy.allowed));
  if (typeof all === 'string') return skip(all);
  const once = new Map(all.map((one) => [one.name, one] as const));
  const tried = await tryAll(probe, [...once.values()]);
  const accepted = letIn(tried);
  if (accepted.length > 0) {
    const gain = await gainOf(probe);
    const names = accepted.map(({ name }) => show(name)).join('; ');
    const actual = `let in with ${names}, though ${FOREIGN} is not; ${gain.because}`;
    const expected = `refused, as a foreign origin is (${policy.foreign.told})`;
    const extras = { severity: atMost(severity, gain.severity), measured: { accepted: names } };
    return outcome === 'warn'
      ? warn(actual, { ...extras, expected, actual })
      : fail(expected, actual, extras);
  }
  return noneLetIn(tried);
}
