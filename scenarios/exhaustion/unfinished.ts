import type { Peer, Probe, Verdict } from '../../harness/model.js';
import { info, pass, warn } from '../../harness/verdict.js';

/** What is waited for, how long a server may wait for it, and the word under which the time is reported. */
export interface Wait {
  what: string;
  key: string;
  tolerableMs: number;
}

/** What servers give a request head by themselves, where they have a limit at all. */
export const HEAD_MS = 60_000;
/** Two pings that come every half minute, and time for the second pong. */
export const SILENCE_MS = 90_000;

const ENDS = { fin: 'FIN', rst: 'RST', close: 'a Close frame', nothing: 'nothing' } as const;

/** Waits for the far end to end a connection, as long as the run's patience allows, and judges how long that took. */
export async function mustNotBeHeld(probe: Probe, peer: Peer, wait: Wait): Promise<Verdict> {
  const { limitMs } = probe.patience;
  const since = performance.now();
  const end = await peer.farewell(limitMs);
  if (!end) return held(wait, limitMs);
  const { what, key, tolerableMs } = wait;
  const ms = Math.round(end.at - since);
  const measured = { [key]: ms, clientSaw: end.how };
  const told = `${what} is ended after ${seconds(ms)}, with ${ENDS[end.how]}`;
  if (ms <= tolerableMs) return pass(told, { measured });
  return warn(told, { measured, expected: `an end within ${seconds(tolerableMs)}`, actual: told });
}

/** No end came in so long: too long by itself, or as long as the user would wait. */
export function held({ what, key, tolerableMs }: Wait, limitMs: number): Verdict {
  const told = `${what} is still held after ${seconds(limitMs)}`;
  const measured = { [key]: `> ${limitMs}` };
  if (limitMs < tolerableMs)
    return info(`${told}, as long as was waited: its limit, if any, is longer`, measured);
  return warn(told, { measured, expected: `an end within ${seconds(tolerableMs)}`, actual: told });
}

export const seconds = (ms: number): string =>
  `${ms < 10_000 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000)} s`;
