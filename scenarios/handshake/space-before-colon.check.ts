import type { Check } from '../../harness/model.js';
import { mustRefuse } from '../opening/refused.js';
import { moreLines } from './lines.js';

export default {
  title: 'A space between a field’s name and its colon is refused',
  requirement:
    'A server MUST reject, with a response status code of 400 (Bad Request), any received request message that contains whitespace between a header field name and colon.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-444',
  refs: ['RFC 9112 §5.1'],
  judges: 'endpoint',
  why: 'One parser drops such a field and the next one heeds it; differences like that have been used for smuggling requests and for walking around checks of headers.',
  remedy: 'Answer 400.',
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: moreLines('X-Gauntlet : 1\r\n'),
      right: moreLines('X-Gauntlet: 1\r\n'),
      expected: '400',
      remains: ({ oddities }) => oddities.includes('space before colon'),
    });
    return verdict;
  },
} satisfies Check;
