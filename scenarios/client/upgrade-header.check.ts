import type { Check } from '../../harness/model.js';
import { refusesAnswers } from './shown.js';

export default {
  title: 'The client refuses a 101 that does not upgrade to WebSocket',
  requirement:
    'If the response lacks an Upgrade header field or the Upgrade header field contains a value that is not an ASCII case-insensitive match for the value "websocket", the client MUST Fail the WebSocket Connection.',
  severity: 'medium',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 9110 §7.8'],
  why: 'The two sides would speak different protocols over the same connection; what the client sends is then read as something else.',
  remedy:
    'A library that keeps to RFC 6455 does it by itself: update it; in one of your own, fail the connection before the first frame is read.',
  run: (probe) =>
    refusesAnswers(
      probe,
      (
        [
          ['a 101 without Upgrade', undefined],
          ['a 101 with Upgrade: h2c', 'h2c'],
          ['a 101 with an empty Upgrade', ''],
        ] as const
      ).map(([what, value]) => ({ what, answer: (visit) => visit.answer({ fields: { Upgrade: value } }) })),
    ),
} satisfies Check;
