import { isIP, isIPv4 } from 'node:net';
import type { Route } from '../../harness/model.js';

/** From where a server can be reached, as its name or address tells. */
export type Whereabouts = 'this machine' | 'a private network' | 'everywhere';

const PRIVATE_NAME = /(?:^[^.]+|\.(?:local|lan|internal|intranet|corp|home|home\.arpa|test))\.?$/i;
const PRIVATE =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

export function whereabouts({ url }: Pick<Route, 'url'>): Whereabouts {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (
    /^(?:.+\.)?localhost\.?$/i.test(host) ||
    /^127\./.test(host) ||
    /^::1$|^::ffff:7f[0-9a-f]{2}:/i.test(host)
  )
    return 'this machine';
  if (isIPv4(host)) return PRIVATE.test(host) ? 'a private network' : 'everywhere';
  if (isIP(host)) return /^f[cd]|^fe[89ab]/i.test(host) ? 'a private network' : 'everywhere';
  return PRIVATE_NAME.test(host) ? 'a private network' : 'everywhere';
}
