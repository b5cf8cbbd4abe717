import type { Probe } from '../../harness/model.js';

/** A text to send that the endpoint is likely to take: the user's hello, where there is one. */
export const wordFor = (probe: Probe): string => probe.target.hello ?? 'a word';
