import type { DialOptions, Probe } from '../../harness/model.js';

/** A handshake of the drafts before 4, which knew neither key nor version. */
export const hixie = ({ target, route }: Probe, more: DialOptions = {}): DialOptions => ({
  ...more,
  change: { Upgrade: 'WebSocket', 'Sec-WebSocket-Key': undefined, 'Sec-WebSocket-Version': undefined },
  headers: [
    ...(target.origin === undefined ? [['Origin', `http://${new URL(route.url).host}`] as const] : []),
    ...(more.headers ?? []),
  ],
});
