import type { Check } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { judgeOffer } from './offer.js';

export default {
  title: 'An empty offer confirms nothing',
  requirement:
    'The elements of Sec-WebSocket-Protocol MUST be non-empty strings. For the answer, the absence of the field is equivalent to the null value; the empty string is not the same as the null value and is not a legal value for this field.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §4.2.2'],
  judges: 'endpoint',
  why: 'An empty value in the answer is one that was not offered: clients fail the connection.',
  remedy: 'Answer 400, or leave the field out of the 101.',
  async run(probe) {
    const verdict = await judgeOffer(probe, {
      options: { subprotocols: [], change: { 'Sec-WebSocket-Protocol': '' } },
      expected: '400, or 101 without Sec-WebSocket-Protocol',
      fault: (values) => (values.length > 0 ? 'Sec-WebSocket-Protocol is in the answer' : undefined),
    });
    const wanted = probe.target.subprotocols.length > 0 && verdict.measured?.handshake === 'refused';
    return wanted ? skip(`it may be that a subprotocol is wanted: ${verdict.message}`) : verdict;
  },
} satisfies Check;
