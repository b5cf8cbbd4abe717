import type { Probe, Severity } from '../../harness/model.js';
import { credentialsOf, credentialsTold, withCredentials } from '../judging/credentials.js';
import { isRefusal, type Seen, seen } from '../judging/seen.js';
import { whereabouts } from '../judging/whereabouts.js';
import { policyOf } from './policy.js';

/**
 * What a page of a foreign origin would gain by being let in. `hijack`: what the user may do, since browsers send the
 * credentials by themselves. `local`: a server that only the user can reach. `token`: nothing, since it takes a
 * credential that no foreign page has. `open`: what everybody has.
 */
export interface Gain {
  kind: 'hijack' | 'local' | 'token' | 'open';
  /** As a clause: `browsers send the Cookie by themselves`. */
  because: string;
  /** How bad a foreign page at most is. */
  severity: Severity;
}

/** Measured once for a place. */
export const gainOf = (probe: Probe): Promise<Gain> => probe.once('origin/gain', () => measure(probe));

async function measure(probe: Probe): Promise<Gain> {
  const all = credentialsOf(probe.target, probe.route);
  const tokens = all.filter(({ ambient }) => !ambient);
  const ambient = all.filter((one) => one.ambient);
  if (tokens.length > 0 && isDenied(await without(probe, ({ ambient }) => ambient)))
    return {
      kind: 'token',
      because: `it takes the ${credentialsTold(tokens)}, which a foreign page does not have`,
      severity: 'low',
    };
  if (ambient.length > 0 && isDenied(await without(probe, () => false)))
    return {
      kind: 'hijack',
      because: `browsers send the ${credentialsTold(ambient)} by themselves, and nobody is served without`,
      severity: 'critical',
    };
  const where = whereabouts(probe.route);
  if (where !== 'everywhere')
    return {
      kind: 'local',
      because: `the server is reached from ${where} only, without credentials, and so from the browser of a user there`,
      severity: 'medium',
    };
  return {
    kind: 'open',
    because: 'no credentials are asked for, so that a page gains nothing that it could not have by itself',
    severity: 'low',
  };
}

/** A connection that is had and shows no sign of life is denied what it is for. */
const isDenied = (one: Seen): boolean => isRefusal(one) || one.reception === 'unclear';

/** From the allowed origin, with the credentials left that `keep` says. */
async function without(probe: Probe, keep: (one: { ambient: boolean }) => boolean): Promise<Seen> {
  const { allowed } = await policyOf(probe);
  const options = withCredentials(probe.target, (one) => (keep(one) ? one.value : undefined), probe.route);
  return seen(probe, {
    ...options,
    change: { ...(allowed !== undefined && { Origin: allowed }), ...options.change },
  });
}

const ORDER: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** The milder of two. */
export const atMost = (a: Severity, b: Severity): Severity => (ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b);
