import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { moreLines } from './lines.js';

const WEAK = 'a lone LF may be taken for the end of a line, and need not';
const usual = {
  expected: '400',
  remains: ({ oddities }: { oddities: readonly string[] }) => oddities.includes('bare LF'),
  right: moreLines('X-Gauntlet: 1\r\n'),
  weak: WEAK,
};

export default {
  title: 'A line that ends with LF alone is refused',
  requirement:
    'Although the line terminator is the sequence CRLF, a recipient MAY recognize a single LF as a line terminator and ignore any preceding CR.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-444',
  refs: ['RFC 9112 §2.2'],
  judges: 'endpoint',
  why: 'Where one hop ends a line at LF and the next does not, a header can be hidden in another’s value.',
  remedy: 'Take CRLF alone. No client sends anything else.',
  run: (probe) =>
    mustRefuseEach(probe, [
      { ...usual, name: 'one line', options: moreLines('X-Gauntlet: 1\n') },
      { ...usual, name: 'the whole head', options: { head: (head) => head.replaceAll('\r\n', '\n') } },
    ]),
} satisfies Check;
