import type { Check } from '../../harness/model.js';
import { backsOff } from './backoff.js';

export default {
  title: 'A client that is refused comes back later and later, and not with all the others',
  requirement:
    'Should the first reconnect attempt fail, subsequent reconnect attempts SHOULD be delayed by increasingly longer amounts of time, using a method such as truncated binary exponential backoff.',
  severity: 'medium',
  judges: 'client',
  cwe: 'CWE-770',
  refs: ['RFC 6455 §7.2.3'],
  why: 'After an outage all clients come back. At a fixed interval, or all in step, they keep the server down that they are waiting for; without a cap they stay away for hours.',
  remedy: 'Double the delay with each failure up to a cap, and draw part of it by lot.',
  run: (probe) => backsOff(probe, '/status/503?'),
} satisfies Check;
