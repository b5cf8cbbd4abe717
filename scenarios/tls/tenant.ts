import { isIP } from 'node:net';
import type { Probe, Verdict } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { IN_CLEAR, overTls } from '../wss/route.js';

/** The name that clients ask for by SNI; undefined where the URL has an address. */
export function nameAt({ route }: Probe): string | undefined {
  const name = route.servername ?? new URL(route.url).hostname.replace(/^\[|\]$/g, '');
  return isIP(name) === 0 ? name : undefined;
}

/** Why nothing can be said of names here, if nothing can. */
export function unnamed(probe: Probe): Verdict | undefined {
  if (!overTls(probe)) return skip(IN_CLEAR);
  if (nameAt(probe) === undefined) return skip('there is no name to ask for: the URL has an address');
  return undefined;
}
