import type { Check } from '../../harness/model.js';
import { backsOff } from './backoff.js';

export default {
  title: 'A client that is accepted and then cut off at once backs off as well',
  requirement:
    'A connection that is lost as soon as it is open counts as a failed attempt: the delays before the next ones grow.',
  severity: 'medium',
  judges: 'client',
  cwe: 'CWE-770',
  refs: ['RFC 6455 §7.2.3'],
  why: 'A proxy can accept with 101 and close when it finds no server behind it. A client that takes the 101 for success starts its backoff anew each time, and never stops knocking.',
  remedy: 'Start the backoff anew only when a connection has lasted for a while.',
  run: (probe) => backsOff(probe, '/fin?after=1&'),
} satisfies Check;
