import type { Probe } from '../../harness/model.js';

/** Whether clients reach this place by wss. */
export const overTls = ({ route }: Probe): boolean => route.url.startsWith('wss:');

export const IN_CLEAR = 'no TLS here: clients reach this place by ws://';
