import type { Check } from '../../harness/model.js';
import { refusesAnswers } from './shown.js';

const STATUSES = [
  '200 OK',
  '204 No Content',
  '407 Proxy Authentication Required',
  '426 Upgrade Required',
  '500 Internal Server Error',
];

export default {
  title: 'The client takes no other status than 101 for an open connection',
  requirement:
    'If the status code received from the server is not 101, the client handles the response per HTTP procedures; the WebSocket connection is not open.',
  severity: 'medium',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1'],
  why: "Whatever answers with a page or an error would be spoken to in frames that nobody there asked for, and taken for the application's server.",
  remedy:
    'A library that keeps to RFC 6455 does it by itself: update it; in one of your own, fail the connection before the first frame is read.',
  run: (probe) =>
    refusesAnswers(
      probe,
      STATUSES.map((status) => ({
        what: `a ${status} dressed as a 101`,
        answer: (visit) => visit.answer({ status }),
      })),
    ),
} satisfies Check;
