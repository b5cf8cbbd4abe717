import type { Check } from '../../harness/model.js';
import { answersWithSame } from './echoed.js';

export default {
  title: 'Close codes of applications are answered in kind',
  requirement:
    'When sending a Close frame in response, the endpoint typically echos the status code it received.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-404',
  refs: ['RFC 6455 §7.4.2', 'RFC 6455 §5.5.1'],
  judges: 'endpoint',
  why: 'Codes from 3000 to 4999 are for libraries and applications. A server that objects to them, or says another, has clients take a planned end for a failure.',
  remedy: 'Answer each right Close with a Close of the same code, and end the connection.',
  run: (probe) =>
    answersWithSame(probe, [{ code: 3000 }, { code: 4000 }, { code: 4999, reason: 'the last' }]),
} satisfies Check;
