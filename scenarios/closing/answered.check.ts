import type { Check } from '../../harness/model.js';
import { answersWithSame } from './echoed.js';

export default {
  title: 'A Close is answered with a Close',
  requirement:
    'If an endpoint receives a Close frame and did not previously send a Close frame, the endpoint MUST send a Close frame in response.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-404',
  refs: ['RFC 6455 §5.5.1', 'RFC 6455 §7.1.2'],
  judges: 'endpoint',
  why: 'A client that gets no answer waits until it gives up, reports an abnormal end (1006), and often reconnects.',
  remedy: 'Answer each right Close with a Close of the same code, and end the connection.',
  run: (probe) => answersWithSame(probe, [{ code: 1000, reason: 'done' }]),
} satisfies Check;
