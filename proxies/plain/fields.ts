import type { IncomingMessage } from 'node:http';

const HOP_BY_HOP = [
  'connection',
  'proxy-connection',
  'proxy-authorization',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** The members of a list header, in lower case. */
export const tokens = (value: string | undefined): string[] =>
  (value ?? '').split(',').map((token) => token.trim().toLowerCase());

/**
 * What goes on to the next hop (RFC 9110 §7.6.1): everything but the connection's own fields and those that
 * `Connection` names; names, order and duplicates as they came, as one flat list. `more` are dropped as well.
 */
export function endToEnd({ rawHeaders, headers }: IncomingMessage, more: readonly string[] = []): string[] {
  const dropped = new Set([...HOP_BY_HOP, ...tokens(headers.connection), ...more]);
  const kept: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!dropped.has(rawHeaders[i]!.toLowerCase())) kept.push(rawHeaders[i]!, rawHeaders[i + 1]!);
  }
  return kept;
}

/** Whether a message names `websocket` in Upgrade, and Upgrade in Connection. */
export const upgradesToWebSocket = ({ headers }: IncomingMessage): boolean =>
  tokens(headers.upgrade).includes('websocket') && tokens(headers.connection).includes('upgrade');
