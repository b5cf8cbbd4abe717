import type { Check } from '../../harness/model.js';
import { acceptValue, freshKey } from '../../harness/protocol/index.js';
import { refusesAnswers } from './shown.js';

export default {
  title: 'The client refuses a 101 that does not prove that its key was read',
  requirement:
    'If the response lacks a Sec-WebSocket-Accept header field or the Sec-WebSocket-Accept contains a value other than the base64-encoded SHA-1 of the concatenation of the Sec-WebSocket-Key (as a string, not base64-decoded) with the GUID, the client MUST Fail the WebSocket Connection.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-345',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §1.3'],
  why: 'The value proves that the server read this handshake and means WebSocket. Without it a cached answer, or any server that can be brought to say 101, is taken for the other end.',
  remedy:
    'Compute the value from the key that was sent, and compare it with the one that came before anything else.',
  run: (probe) =>
    refusesAnswers(probe, [
      {
        what: 'a 101 with the Sec-WebSocket-Accept of another key',
        answer: (visit) => visit.answer({ fields: { 'Sec-WebSocket-Accept': acceptValue(freshKey()) } }),
      },
      {
        what: 'a 101 without Sec-WebSocket-Accept',
        answer: (visit) => visit.answer({ fields: { 'Sec-WebSocket-Accept': undefined } }),
      },
      {
        what: 'a 101 with an empty Sec-WebSocket-Accept',
        answer: (visit) => visit.answer({ fields: { 'Sec-WebSocket-Accept': '' } }),
      },
    ]),
} satisfies Check;
