import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { withstands } from './withstands.js';

export default {
  title: 'The client makes no room for 2^53 octets that were only declared',
  requirement:
    'Implementations limit the size of a message, and allocate for what has come rather than for what was declared.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-190',
  refs: ['RFC 6455 §5.2', 'RFC 6455 §10.4'],
  why: 'Past 2^53 numbers of JavaScript and of JSON are not exact any more, and past 2^31 those of many languages are negative: checks are passed that ought not to be.',
  remedy: 'Limit the length of a message before anything is computed from it, and close with 1009.',
  run: (probe) =>
    withstands(probe, {
      what: 'a frame of 2^53 octets, of which 16 come',
      octets: () => frame({ opcode: 'binary', payload: 'sixteen octets..', declared: 2n ** 53n }),
      may: 'wait',
    }),
} satisfies Check;
