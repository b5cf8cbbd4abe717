import type { Check } from '../../harness/model.js';
import { answersWithSame } from './echoed.js';

export default {
  title: 'A Close with the longest reason is answered',
  requirement:
    'All control frames MUST have a payload length of 125 bytes or less: two for the code, and 123 for the reason.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-404',
  refs: ['RFC 6455 §5.5', 'RFC 6455 §5.5.1'],
  judges: 'endpoint',
  why: 'A bound that is off by one objects to what is right.',
  remedy: 'Answer each right Close with a Close of the same code, and end the connection.',
  run: (probe) => answersWithSame(probe, [{ code: 1000, reason: 'x'.repeat(123) }]),
} satisfies Check;
