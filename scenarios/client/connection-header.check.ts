import type { Check } from '../../harness/model.js';
import { refusesAnswers } from './shown.js';

export default {
  title: 'The client refuses a 101 without the token "Upgrade" in Connection',
  requirement:
    'If the response lacks a Connection header field or the Connection header field doesn\'t contain a token that is an ASCII case-insensitive match for the value "Upgrade", the client MUST Fail the WebSocket Connection.',
  severity: 'medium',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 9110 §7.6.1'],
  why: 'Upgrade is a matter of one hop: without Connection it may have been left over from another one, and the hop itself has agreed to nothing.',
  remedy:
    'A library that keeps to RFC 6455 does it by itself: update it; in one of your own, fail the connection before the first frame is read.',
  run: (probe) =>
    refusesAnswers(
      probe,
      (
        [
          ['a 101 without Connection', undefined],
          ['a 101 with Connection: keep-alive', 'keep-alive'],
          ['a 101 with Connection: upgraded', 'upgraded'],
        ] as const
      ).map(([what, value]) => ({
        what,
        answer: (visit) => visit.answer({ fields: { Connection: value } }),
      })),
    ),
} satisfies Check;
