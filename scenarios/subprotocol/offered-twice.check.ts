import type { Check } from '../../harness/model.js';
import { judgeOffer } from './offer.js';

export default {
  title: 'A subprotocol that is offered twice is confirmed once at most',
  requirement:
    'The elements of the offer MUST all be unique strings; the answer has a single value, and the field MUST NOT appear more than once in an HTTP response.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §11.3.4'],
  judges: 'endpoint',
  why: 'An answer that repeats the offer as it came fails every client, and shows that nothing was chosen.',
  remedy: 'Answer 400, or confirm one value.',
  run(probe) {
    const [name = 'gauntlet'] = probe.target.subprotocols;
    return judgeOffer(probe, {
      options: { subprotocols: [name, name] },
      expected: '400, or one value at most',
      fault: (values) =>
        values.length > 1 || values.some((value) => value.includes(','))
          ? 'more than one value was confirmed'
          : undefined,
    });
  },
} satisfies Check;
