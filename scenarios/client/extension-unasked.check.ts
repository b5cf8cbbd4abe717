import type { Check } from '../../harness/model.js';
import { refusesAnswers } from './shown.js';

export default {
  title: 'The client refuses an extension that it did not ask for',
  requirement:
    "If the response includes a Sec-WebSocket-Extensions header field and this header field indicates the use of an extension that was not present in the client's handshake, the client MUST Fail the WebSocket Connection.",
  severity: 'medium',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §9.1'],
  why: 'An extension changes what the octets of frames mean: the two sides read the same octets otherwise from then on.',
  remedy:
    'A library that keeps to RFC 6455 does it by itself: update it; in one of your own, fail the connection before the first frame is read.',
  run: (probe) =>
    refusesAnswers(probe, [
      {
        what: 'an extension that was not offered',
        answer: (visit) => visit.answer({ more: [['Sec-WebSocket-Extensions', 'x-gauntlet']] }),
      },
      {
        what: 'a Sec-WebSocket-Extensions that cannot be read',
        answer: (visit) => visit.answer({ more: [['Sec-WebSocket-Extensions', 'x-gauntlet;;="']] }),
      },
    ]),
} satisfies Check;
