import type { Check } from '../../harness/model.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { isBusy } from '../judging/seen.js';
import { policyOf } from './policy.js';

export default {
  title: 'A foreign origin is refused by a status of the client’s error',
  requirement:
    'If the origin indicated is unacceptable to the server, then it SHOULD respond to the WebSocket handshake with a reply containing HTTP 403 Forbidden status code.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-755',
  refs: ['RFC 6455 §10.2', 'RFC 9110 §15.5.4'],
  judges: 'endpoint',
  why: 'A refusal that looks like a fault of the server (5xx), like success, or like a broken line is retried by clients, alarms those who run the server, and hides attempts among faults.',
  remedy: 'Answer 403 (or another 4xx), with a body or Content-Length: 0, and close.',
  budget: { connections: 12 },
  async run(probe) {
    const { foreign } = await policyOf(probe);
    if (foreign.reception === 'accepted') return skip('a foreign origin is let in');
    if (foreign.reception === 'late')
      return skip('a foreign origin is refused after the 101, so there is no status');
    if (foreign.reception === 'unclear' || isBusy(foreign))
      return skip(`it is not clear what becomes of a foreign origin: ${foreign.told}`);
    const status = foreign.answer?.status ?? 0;
    const measured = { ...(status && { status }) };
    if (status >= 400 && status < 500) return pass(foreign.told, { measured });
    return warn(`a foreign origin: ${foreign.told}`, { measured, expected: '403', actual: foreign.told });
  },
} satisfies Check;
