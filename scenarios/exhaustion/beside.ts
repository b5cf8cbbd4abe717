import type { End, Peer, Probe } from '../../harness/model.js';

/** How often a slowness has to be seen. */
const TIMES = 3;
const TRIPS = 8;
const AFTER = 3;
/** So many times longer than before is slow, */
const SLOWER = 5;
/** and what takes less than this before is taken to take this: a busy machine has others wait by itself. */
const LEAST_MS = 50;

/** What somebody else's connection went through while one was flooded. */
export interface Beside {
  /** The longest round trip of the other connection, in ms: before, and while the flood was worked off. */
  beforeMs: number;
  duringMs: number;
  /** Slower than before by far, every time that it was tried. */
  slow: boolean;
  /** The other connection showed no sign of life within the time that an answer may take, every time. */
  starved: boolean;
  /** How the flooded connection ended, where it did. */
  end?: End;
}

/** Budgets of the checks that use it. */
export const BESIDE_BUDGET = { connections: 2 * TIMES + 2, atOnce: 2 } as const;

/** Why round trips cannot be had at this endpoint. */
export async function noTrips(probe: Probe): Promise<string | undefined> {
  const { again } = await probe.acquaintance();
  if (again !== 'open') return undefined;
  return 'connections show no sign of life here that can be had twice, so no round trip can be measured';
}

/**
 * Floods one connection, and measures the round trips of another before and meanwhile; again where it was slow, since a
 * machine may be slow for reasons of its own.
 */
export async function beside(
  probe: Probe,
  open: () => Promise<Peer>,
  flood: (peer: Peer) => Promise<void>,
): Promise<Beside> {
  for (let times = 1; ; times++) {
    const seen = await once(probe, open, flood);
    if (times === TIMES || !(seen.slow || seen.starved)) return seen;
  }
}

async function once(
  probe: Probe,
  open: () => Promise<Peer>,
  flood: (peer: Peer) => Promise<void>,
): Promise<Beside> {
  await using other = await probe.meet();
  await using peer = await open();
  let beforeMs = 0;
  for (let trips = 0; trips < TRIPS; trips++) beforeMs = Math.max(beforeMs, (await trip(probe, other)).ms);
  let over = false;
  const flooding = flood(peer).finally(() => {
    over = true;
  });
  let duringMs = 0;
  let came = true;
  // What was taken may still be worked off when the flooded connection has shown that it lives.
  for (let after = 0; came && after < AFTER; after += Number(over)) {
    const one = await trip(probe, other);
    came = one.came;
    duringMs = Math.max(duringMs, one.ms);
  }
  await flooding;
  const end = await peer.farewell(0);
  const slow = duringMs > SLOWER * Math.max(beforeMs, LEAST_MS);
  return { beforeMs: round(beforeMs), duringMs: round(duringMs), slow, starved: !came, ...(end && { end }) };
}

async function trip(probe: Probe, peer: Peer): Promise<{ ms: number; came: boolean }> {
  const since = performance.now();
  const came = await probe.lives(peer);
  return { ms: performance.now() - since, came };
}

const round = (ms: number): number => Math.round(ms * 10) / 10;
