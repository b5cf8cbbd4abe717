import type { Check } from '../../harness/model.js';
import { answersWithSame } from './echoed.js';

export default {
  title: 'A Close without a body is answered with a Close',
  requirement: 'The Close frame MAY contain a body.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-404',
  refs: ['RFC 6455 §5.5.1', 'RFC 6455 §7.1.5'],
  judges: 'endpoint',
  why: 'Many clients close without a code. Who reads one all the same reads what is not there.',
  remedy: 'Answer each right Close with a Close of the same code, and end the connection.',
  run: (probe) => answersWithSame(probe, [{}]),
} satisfies Check;
