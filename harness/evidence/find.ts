import type { TapConnection } from './tap-connection.js';

const TOKEN = /[?&]gauntlet=(\w+)/;
/** A request target stands at the beginning, be it behind a CONNECT. */
const LOOKED_AT = 16_384;

/**
 * Which of a tap's connections carried the attempt with that token. Where none names it (TLS hides it, or the hop
 * keeps the target), it is the only one that names no token and lived within the attempt; undefined where several did.
 * @param lifetime from when until when (ms) the client's own connection was there
 */
export function findConnection(
  connections: readonly TapConnection[],
  token: string,
  [from, to]: readonly [number, number],
): TapConnection | undefined {
  const named = connections.map((connection) => [connection, tokensOf(connection)] as const);
  const certain = named.filter(([, tokens]) => tokens.includes(token));
  if (certain.length > 0) return certain.at(-1)![0];
  const possible = named.filter(
    ([{ openedAt }, tokens]) => tokens.length === 0 && openedAt >= from && openedAt <= to,
  );
  return possible.length === 1 ? possible[0]![0] : undefined;
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
