import type { Point } from './blaming/steps.js';
import type { Tap } from './relay.js';
import { sideOf } from './side.js';
import type { TapConnection } from './tap-connection.js';

const TOKEN = /[?&]gauntlet=(\w+)/;
/** A request target stands at the beginning, be it behind a CONNECT. */
const LOOKED_AT = 16_384;

/** The side of the attempt, as `findIn` finds it. */
export function findPoint(...args: Parameters<typeof findIn>): Point {
  const found = findIn(...args);
  return found && found !== 'unrecorded' ? sideOf(found) : found;
}

/**
 * The connection of the attempt with that token, by a tap's connections. Where none names the token (TLS hides it, or
 * the hop keeps the target), it is the only one that names none and was there during the attempt. `unrecorded` where it
 * may be any of several: whether anything came there cannot be said. Undefined where nothing can have come.
 * @param lifetime from when until when (ms) the client's own connection was there
 */
export function findIn(
  tap: Pick<Tap, 'connections' | 'unrecorded'>,
  token: string,
  lifetime: readonly [number, number],
): TapConnection | 'unrecorded' | undefined {
  const { certain, possible } = candidates(tap.connections, token, lifetime);
  const found = certain ?? (possible.length === 1 && tap.unrecorded === 0 ? possible[0] : undefined);
  if (found) return found;
  return possible.length > 0 || tap.unrecorded > 0 ? 'unrecorded' : undefined;
}

function candidates(
  connections: readonly TapConnection[],
  token: string,
  [from, to]: readonly [number, number],
): { certain?: TapConnection; possible: TapConnection[] } {
  const named = connections.map((connection) => [connection, tokensOf(connection)] as const);
  const certain = named.findLast(([, tokens]) => tokens.includes(token))?.[0];
  // A hop may have opened it before, for somebody else.
  const possible = named.filter(
    ([{ openedAt, endedAt = to }, tokens]) => tokens.length === 0 && openedAt <= to && endedAt >= from,
  );
  return { ...(certain && { certain }), possible: possible.map(([connection]) => connection) };
}

/** The tokens of all requests on a connection, as far as they can be read. */
function tokensOf({ events }: TapConnection): string[] {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const { from, bytes } of events) {
    if (from !== 'client' || !bytes || length > LOOKED_AT) continue;
    parts.push(bytes);
    length += bytes.length;
  }
  const text = Buffer.concat(parts).toString('latin1');
  return [...text.matchAll(new RegExp(TOKEN, 'g'))].map(([, token]) => token!);
}
