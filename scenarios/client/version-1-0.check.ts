import type { Check } from '../../harness/model.js';
import { refusesAnswers } from './shown.js';

export default {
  title: 'The client takes no answer of HTTP/1.0 for an upgrade',
  requirement: 'An HTTP/1.0 answer cannot switch protocols: the 101 status code and Upgrade are of HTTP/1.1.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 9110 §15.2.2', 'RFC 9110 §7.8'],
  why: 'It comes from something in between that does not know what it relays, and that will not treat the connection as one of WebSocket either.',
  remedy:
    'A library that keeps to RFC 6455 does it by itself: update it; in one of your own, fail the connection before the first frame is read.',
  run: (probe) =>
    refusesAnswers(probe, [
      {
        what: 'a 101 of HTTP/1.0',
        answer: (visit) =>
          Buffer.from(visit.answer()).toString('latin1').replace('HTTP/1.1 101', 'HTTP/1.0 101'),
      },
    ]),
} satisfies Check;
