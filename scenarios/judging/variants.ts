import type { DialOptions, Probe, Verdict } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { isBusy, isRefusal, type Seen, seen } from './seen.js';

/** A handshake that a sound server does not let in. */
export interface Variant {
  /** For messages: `Origin: null`. */
  name: string;
  options: DialOptions;
}

export interface Tried extends Variant {
  came: Seen;
}

/** Tries them, a few at a time. */
export async function tryAll(probe: Probe, variants: readonly Variant[], atOnce = 3): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (let at = 0; at < variants.length; at += atOnce) {
    const some = variants.slice(at, at + atOnce);
    tried.push(
      ...(await Promise.all(some.map(async (one) => ({ ...one, came: await seen(probe, one.options) })))),
    );
  }
  return tried;
}

export const letIn = (tried: readonly Tried[]): Tried[] =>
  tried.filter(({ came }) => came.reception === 'accepted');

/** The verdict over variants none of which was let in: each has to have been refused, and not by a fault of the server’s. */
export function noneLetIn(tried: readonly Tried[]): Verdict {
  const told = ({ name, came }: Tried) => `${show(name)} → ${came.told}`;
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
