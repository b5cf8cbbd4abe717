import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { VERSION_FIXES } from './fixes.js';
import { ofVersion } from './versions.js';

export default {
  title: 'A version that is not written as a number is refused',
  requirement:
    'The Sec-WebSocket-Version of a request is one number from 0 to 255, without leading zeros: version = DIGIT | (NZDIGIT DIGIT) | ("1" DIGIT DIGIT) | ("2" DIGIT DIGIT).',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §4.3', 'RFC 6455 §11.3.5'],
  judges: 'endpoint',
  budget: { connections: 12 },
  why: 'A server that converts the text to a number takes "0xd" for 13; a hop that compares text does not. Rules that a hop enforces are walked around in that gap.',
  remedy: 'Compare the text with "13".',
  fixes: VERSION_FIXES,
  run: (probe) =>
    mustRefuseEach(
      probe,
      ['013', '+13', '13.0', '0xd', '13, 8'].map((text) => ofVersion(text)),
    ),
} satisfies Check;
