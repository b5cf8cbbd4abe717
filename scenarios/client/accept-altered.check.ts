import type { Check } from '../../harness/model.js';
import { acceptValue } from '../../harness/protocol/index.js';
import { refusesAnswers } from './shown.js';

const ALTERED: Readonly<Record<string, (value: string) => string>> = {
  'an accept value in another case': (value) =>
    value.replace(/[a-z]/gi, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    ),
  'an accept value without its padding': (value) => value.replace(/=+$/, ''),
  'an accept value with more behind it': (value) => `${value}AAAA`,
  'an accept value cut short': (value) => value.slice(0, 12),
};

export default {
  title: 'The client compares Sec-WebSocket-Accept octet by octet',
  requirement:
    'If the Sec-WebSocket-Accept contains a value other than the base64-encoded SHA-1 of the concatenation of the Sec-WebSocket-Key with the GUID, but ignoring any leading and trailing whitespace, the client MUST Fail the WebSocket Connection.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-345',
  refs: ['RFC 6455 §4.1'],
  why: 'A comparison that ignores case, or looks at the beginning alone, proves less than it seems to: fewer octets have to be right.',
  remedy: 'Compare the whole value with the one expected; base64 is case-sensitive.',
  run: (probe) =>
    refusesAnswers(
      probe,
      Object.entries(ALTERED).map(([what, alter]) => ({
        what,
        answer: (visit) => {
          const value = acceptValue(visit.value('sec-websocket-key') ?? '');
          return visit.answer({ fields: { 'Sec-WebSocket-Accept': alter(value) } });
        },
      })),
    ),
} satisfies Check;
