import type { Check } from '../../harness/model.js';
import { mustRefuse } from '../opening/refused.js';
import { moreLines } from './lines.js';

export default {
  title: 'A folded header field is refused',
  requirement:
    'A server that receives an obs-fold in a request message MUST either reject the message by sending a 400 (Bad Request) or replace each received obs-fold with one or more SP octets prior to interpreting the field value.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-444',
  refs: ['RFC 9112 §5.2'],
  judges: 'endpoint',
  why: 'Who unfolds sees one field and who does not sees two lines, the second of an attacker’s choice: a header can be hidden from a hop so.',
  remedy: 'Answer 400, as the parsers of Node.js and nginx do.',
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: moreLines('X-Gauntlet: folded\r\n over two lines\r\n'),
      right: moreLines('X-Gauntlet: folded over two lines\r\n'),
      expected: '400',
      remains: ({ oddities }) => oddities.includes('obs-fold'),
      weak: 'a fold may be mended or refused, and whether it was mended cannot be told from outside',
    });
    return verdict;
  },
} satisfies Check;
