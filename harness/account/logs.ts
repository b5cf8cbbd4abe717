import { setTimeout as sleep } from 'node:timers/promises';
import type { Address, Evidence } from '../model.js';
import { show } from '../protocol/index.js';
import { type Attempt, type Recorded, sightsOf } from './points.js';

/** Connections whose lines are looked for, latest first. */
const MOST_ATTEMPTS = 3;
/** Of one hop's. */
const MOST_LINES = 12;
const MOST_SHOWN = 400;
/** Some programs write of a connection when it is over, and a moment later. */
const AGAIN_MS = 50;
const MOST_WAITS = 4;

/** Where a log may name a connection: by the token in a request target, or by the client's address. */
interface Wanted {
  hop: Recorded['hops'][number];
  token: string;
  from: number;
  client?: Address;
}

/** The lines that hops outside of this process wrote of these connections; waits for them, not for long. */
export async function linesOf(recorded: Recorded, attempts: readonly Attempt[]): Promise<Evidence[]> {
  const wanted = attempts.slice(-MOST_ATTEMPTS).flatMap((attempt) =>
    sightsOf(recorded, attempt).flatMap(({ client }, index): Wanted[] => {
      const hop = recorded.hops[index];
      if (!hop || hop.runtime === 'in-process') return [];
      return [{ hop, token: attempt.token, from: attempt.from, ...(client && { client }) }];
    }),
  );
  const hops = new Set(wanted.map(({ hop }) => hop));
  for (let waits = 0; ; waits++) {
    const found = [...hops].map((hop) =>
      linesIn(
        hop.logs(),
        wanted.filter((one) => one.hop === hop),
      ),
    );
    if (waits >= MOST_WAITS || found.every((lines) => lines.length > 0)) return found.flat();
    await sleep(AGAIN_MS);
  }
}

/** @param wanted of one hop */
function linesIn(log: string, wanted: readonly Wanted[]): Evidence[] {
  const now = performance.now();
  const named = wanted.map((one) => ({ ...one, names: namesOf(one) }));
  const entries = log.split('\n').flatMap((line): Evidence[] => {
    const one = named.find(({ names }) => names.test(line));
    if (!one) return [];
    const at = timeIn(line);
    const isLikely = at !== undefined && at >= one.from - 1000 && at <= now + 1000;
    const text = show(line.trim(), MOST_SHOWN);
    return [{ at: isLikely ? at : now, by: one.hop.name, kind: 'log', text, of: one.token }];
  });
  return entries.slice(-MOST_LINES);
}

function namesOf({ token, client }: Wanted): RegExp {
  const address = client && `${client.host.replace(/[.[\]]/g, '\\$&')}\\]?:${client.port}`;
  return new RegExp(`\\b(?:${[token, ...(address ? [address] : [])].join('|')})\\b`);
}

/** Unix time with milliseconds, as nginx ($msec) and Squid (%ts.%tu) write it, on the clock of the run. */
function timeIn(line: string): number | undefined {
  const [seconds] = /(?<![\w.])1\d{9}\.\d{3}(?![\w.])/.exec(line) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000 - performance.timeOrigin;
}
