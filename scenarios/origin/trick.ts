import type { DialOptions, Probe, Severity, Verdict } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { isBusy, isRefusal, type Seen, seen } from '../judging/seen.js';
import { atMost, gainOf } from './gravity.js';
import { noPolicy, policyOf } from './policy.js';

/** A handshake that only a server lets in which compares origins wrongly. */
export interface Variant {
  /** For messages: `Origin: null`. */
  name: string;
  options: DialOptions;
}

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
  const tried: (Variant & { came: Seen })[] = [];
  for (let at = 0; at < all.length; at += 3)
    tried.push(
      ...(await Promise.all(
        all.slice(at, at + 3).map(async (one) => ({ ...one, came: await seen(probe, one.options) })),
      )),
    );
  const accepted = tried.filter(({ came }) => came.reception === 'accepted');
  if (accepted.length > 0) {
    const gain = await gainOf(probe);
    const names = accepted.map(({ name }) => show(name)).join('; ');
    const actual = `let in with ${names}, though ${show('https://foreign.example')} is not; ${gain.because}`;
    const expected = `refused, as a foreign origin is (${policy.foreign.told})`;
    const extras = { severity: atMost(severity, gain.severity), measured: { accepted: names } };
    return outcome === 'warn'
      ? warn(actual, { ...extras, expected, actual })
      : fail(expected, actual, extras);
  }
  return notLetIn(tried);
}

function notLetIn(tried: readonly (Variant & { came: Seen })[]): Verdict {
  const told = ({ name, came }: Variant & { came: Seen }) => `${show(name)}: ${came.told}`;
  const busy = tried.find(({ came }) => isBusy(came));
  if (busy) return skip(`the server has too much to do to tell: ${told(busy)}`);
  const unclear = tried.find(({ came }) => came.reception === 'unclear');
  if (unclear) return skip(`it is not clear what becomes of ${told(unclear)}`);
  const unclean = tried.find(({ came }) => !isRefusal(came) || (came.answer?.status ?? 0) >= 500);
  const expected = 'a refusal of the client’s request (4xx)';
  if (unclean)
    return warn(`not let in, but ${told(unclean)}`, { expected, actual: unclean.came.told, severity: 'low' });
  return pass(tried.map(told).join('; '), { measured: { tried: tried.length } });
}
