import { type Manner, reconnectingClient, sound } from '../clients/reconnecting.js';
import { unrecorded } from '../clients/recorder.js';
import { wsClient } from '../clients/ws.js';
import type { Client } from '../model.js';

/** `ws`, which takes whatever certificate it is shown (`rejectUnauthorized: false`). */
export const trustingClient = (): Client => ({
  ...wsClient(unrecorded, { trustAll: true }),
  name: 'ws that trusts everybody',
});

/** `ws`, which never asks whether its peer is alive, whatever it is told to do. */
export const deafClient = (): Client => {
  const { open, ...rest } = wsClient();
  return {
    ...rest,
    name: 'ws that never pings',
    open: (route, options = {}) => {
      const { heartbeat: _ignored, ...others } = options;
      return open(route, others);
    },
  };
};

/** `ws` with a heartbeat of its own at that period. */
export const beatingClient = (everyMs: number): Client => {
  const { open, ...rest } = wsClient();
  return {
    ...rest,
    name: `ws that pings every ${everyMs} ms`,
    open: (route, options) => open(route, { heartbeat: { everyMs, timeoutMs: everyMs }, ...options }),
  };
};

const careless = {
  fixed: { delay: (_failures, { baseMs }) => baseMs },
  tight: { delay: () => 0 },
  unjittered: { delay: (failures, { baseMs, capMs }) => Math.min(capMs, baseMs * 2 ** failures) },
  uncapped: { delay: (failures, { baseMs }) => baseMs * 2 ** failures * (0.5 + Math.random() / 2) },
  forgetful: { healed: () => true },
  steady: { delay: (_failures, { baseMs }) => 4 * baseMs * (0.5 + Math.random()) },
  creeping: { delay: (failures, { baseMs }) => baseMs * Math.min(0.4 + failures / 8, 0.9) },
  rare: { delay: (_failures, { capMs }) => 2 * capMs },
  resigned: { delay: () => 3_600_000 },
} satisfies Record<string, Partial<Manner>>;

/** A client that connects anew, and is careless about it in one way. */
export const stormingClient = (how: keyof typeof careless): Client => ({
  ...reconnectingClient({ ...sound, ...careless[how] }),
  name: `ws, reconnecting: ${how}`,
});

/** Opens nothing, and says so. */
export const failingClient = (failure: string): Client => ({
  name: 'failing',
  open: async () => ({
    opened: false,
    failure,
    send() {},
    next: async () => undefined,
    ended: async () => undefined,
    async [Symbol.asyncDispose]() {},
  }),
});

/** `ws`, which asks for no name by SNI, or for another, and so cannot tell whether the certificate is for it. */
export const misnamingClient = (name?: string): Client => {
  const { open, ...rest } = trustingClient();
  return {
    ...rest,
    name: `ws that asks for ${name ?? 'no name'}`,
    open: ({ servername: _ignored, ...route }, options) =>
      open({ ...route, ...(name !== undefined && { servername: name }) }, options),
  };
};
