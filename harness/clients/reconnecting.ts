import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ClientSession, ReconnectOptions, Route } from '../model.js';

/** Loaded when it is first used: a scenario with this client is also read by what only lists it. */
const ws = async () => (await import('./ws.js')).wsClient();

export interface Manner {
  /** How long to wait, in ms, after so many failures in a row (0 at the first). */
  delay(failures: number, bounds: Pick<ReconnectOptions, 'baseMs' | 'capMs'>): number;
  /** Whether a connection that lasted so long proves that all is well. */
  healed(lastedMs: number, bounds: Pick<ReconnectOptions, 'capMs'>): boolean;
}

/**
 * Twice as long each time up to the cap, of which one half is drawn by lot. A connection that is accepted and then
 * lost at once is one more failure.
 */
export const sound: Manner = {
  delay(failures, { baseMs, capMs }) {
    const ceiling = Math.min(capMs, baseMs * 2 ** failures);
    return ceiling / 2 + (Math.random() * ceiling) / 2;
  },
  healed: (lastedMs, { capMs }) => lastedMs > capMs,
};

/** `ws`, connecting anew when it fails or is cut off (RFC 6455 §7.2.3). */
export const reconnectingClient = (manner: Manner = sound): Client => ({
  name: 'ws, reconnecting',
  get version() {
    return (createRequire(import.meta.url)('ws/package.json') as { version: string }).version;
  },
  open: async (route, options) => (await ws()).open(route, options),
  live: async (route, options) => (await ws()).live!(route, options),
  reconnect(route, options) {
    const over = new AbortController();
    const kept = keep(route, options, manner, over.signal);
    // What goes wrong with it is said when it is disposed of.
    kept.catch(() => {});
    return {
      async [Symbol.asyncDispose]() {
        over.abort();
        await kept;
      },
    };
  },
});

async function keep(route: Route, options: ReconnectOptions, manner: Manner, over: AbortSignal) {
  const { path } = options;
  const signal = options.signal ? AbortSignal.any([options.signal, over]) : over;
  const client = await ws();
  let failures = 0;
  while (!signal.aborted) {
    await using session = await client.open(route, { signal, ...(path !== undefined && { path }) });
    if (session.opened && manner.healed(await lifetime(session, signal), options)) failures = 0;
    await sleep(manner.delay(failures++, options), undefined, { signal }).catch(() => {});
  }
}

/** How long it lasted, in ms, once it is over. */
async function lifetime(session: ClientSession, signal: AbortSignal): Promise<number> {
  const since = performance.now();
  const watched = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true, signal: watched.signal });
  });
  await Promise.race([session.ended(LONGEST_MS), stopped]);
  watched.abort();
  return performance.now() - since;
}

/** The longest that a Node timer can wait, about 24 days. */
const LONGEST_MS = 2 ** 31 - 1;
