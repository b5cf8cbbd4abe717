import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { withstands } from './withstands.js';

const BEGIN = frame({ opcode: 'text', fin: false });
const FRAGMENT = frame({ opcode: 'continuation', fin: false });

export default {
  title: 'The client gives up a message of endless empty fragments',
  requirement: 'Implementations bound the number of fragments of a message, not only its length.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-770',
  refs: ['RFC 6455 §5.4', 'RFC 6455 §10.4'],
  why: 'An empty fragment adds nothing to the length that is limited, and an object to the list that is not: memory goes, and joining them takes time that grows with their number.',
  remedy: 'Limit the number of fragments of a message, as ws (from 8.20.1) does with maxFragments.',
  run: (probe) =>
    withstands(probe, {
      what: '300,000 empty fragments of one message',
      octets: () => Buffer.concat([BEGIN, ...Array.from({ length: 300_000 }, () => FRAGMENT)]),
      may: 'fail',
      harmsByMemory: true,
    }),
} satisfies Check;
