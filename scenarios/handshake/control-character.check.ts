import type { Check } from '../../harness/model.js';
import { mustRefuseEach, type Named } from '../opening/refused-each.js';
import { moreLines } from './lines.js';

const carrying = (name: string, character: string): Named => ({
  name,
  options: moreLines(`X-Gauntlet: a${character}b\r\n`),
  right: moreLines('X-Gauntlet: ab\r\n'),
  expected: '400',
  weak: 'it may be kept or replaced, and which of them was done cannot be told from outside',
});

export default {
  title: 'Control characters in a field’s value are refused',
  requirement:
    'Field values containing CR, LF, or NUL characters are invalid and dangerous; a recipient MUST either reject the message or replace each of those characters with SP. Field values containing other CTL characters are also invalid.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-444',
  refs: ['RFC 9110 §5.5'],
  judges: 'endpoint',
  why: 'What is written in C ends a value at NUL, and the rest does not; terminals and logs obey other control characters.',
  remedy: 'Answer 400 to a head with control characters.',
  run: (probe) =>
    mustRefuseEach(probe, [carrying('NUL', '\0'), carrying('SOH', '\x01'), carrying('DEL', '\x7f')]),
} satisfies Check;
