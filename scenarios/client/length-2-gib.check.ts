import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { withstands } from './withstands.js';

export default {
  title: 'The client makes no room for 2 GiB that were only declared',
  requirement:
    'Implementations limit the size of a message, and allocate for what has come rather than for what was declared.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-789',
  refs: ['RFC 6455 §5.2', 'RFC 6455 §10.4'],
  why: 'Ten octets are enough to make a client that believes them allocate two gigabytes, or end over not getting them.',
  remedy:
    'Limit the length of a message before anything is allocated (maxPayload of ws), and close with 1009.',
  run: (probe) =>
    withstands(probe, {
      what: 'a frame of 2 GiB, of which 16 octets come',
      octets: () => frame({ opcode: 'binary', payload: 'sixteen octets..', declared: 2 ** 31, length: 64 }),
      may: 'wait',
    }),
} satisfies Check;
