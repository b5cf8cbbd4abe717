import type { DialOptions, Probe } from '../../harness/model.js';

/** The Origin that the drafts ask for, where the usual handshake has none. */
export const withOrigin = ({ target, route }: Probe): DialOptions =>
  target.origin === undefined ? { headers: [['Origin', `http://${new URL(route.url).host}`]] } : {};

/** A handshake of the drafts before 4, which knew neither key nor version. */
export const hixie = (probe: Probe, more: DialOptions = {}): DialOptions => ({
  ...more,
  change: { Upgrade: 'WebSocket', 'Sec-WebSocket-Key': undefined, 'Sec-WebSocket-Version': undefined },
  headers: [...(withOrigin(probe).headers ?? []), ...(more.headers ?? [])],
});
