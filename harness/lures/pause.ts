import { setTimeout as sleep } from 'node:timers/promises';

/** Waits; does not keep the process alive by itself. */
export const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });
