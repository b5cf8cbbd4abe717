import type { Check } from '../../harness/model.js';
import { refusesAnswers } from './shown.js';

const OTHER = ['Sec-WebSocket-Protocol', 'gauntlet.other'] as const;

export default {
  title: 'The client refuses a subprotocol that it did not ask for',
  requirement:
    "If the response includes a Sec-WebSocket-Protocol header field and this header field indicates the use of a subprotocol that was not present in the client's handshake, the client MUST Fail the WebSocket Connection.",
  severity: 'medium',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §11.3.4'],
  why: 'The application is told that it speaks one protocol where the server speaks another: messages are taken for what they are not.',
  remedy:
    'A library that keeps to RFC 6455 does it by itself: update it; in one of your own, fail the connection before the first frame is read.',
  run: (probe) =>
    refusesAnswers(probe, [
      {
        what: 'a subprotocol that was not offered',
        answer: (visit) => visit.answer({ fields: { 'Sec-WebSocket-Protocol': undefined }, more: [OTHER] }),
      },
      {
        what: 'two subprotocols at once',
        answer: (visit) =>
          visit.answer({
            fields: { 'Sec-WebSocket-Protocol': undefined },
            more: [
              [
                'Sec-WebSocket-Protocol',
                `${visit.value('sec-websocket-protocol') ?? 'gauntlet.first'}, gauntlet.second`,
              ],
            ],
          }),
      },
    ]),
} satisfies Check;
