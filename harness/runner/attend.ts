import type { TappedPlace } from '../lab.js';
import type { Endpoint, Target } from '../model.js';
import { CheckProbe } from '../probe.js';
import type { Stand } from './trial.js';
import { Watch } from './watch.js';

/** A server that is not ours is talked to as its user says, and watched over. */
export function attend(stand: Stand, target: Target): void {
  const { place, hops, facts, options } = stand;
  const { patience, authority, signal, traffic } = options;
  const parts = { place, hops, facts, patience, authority, signal, alone: false, target };
  stand.target = target;
  const probe = () => new CheckProbe({ ...parts, ...(traffic && { traffic }) });
  stand.watch = new Watch(probe, signal, patience.limitMs);
}

/** An endpoint is reached as its user says. */
export function reached(place: TappedPlace, endpoint: Endpoint | undefined): TappedPlace {
  return endpoint ? { ...place, route: { ...place.route, ...endpoint.reach } } : place;
}
