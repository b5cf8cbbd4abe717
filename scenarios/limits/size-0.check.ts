import type { Check } from '../../harness/model.js';
import { echoesWhole } from './sizes.js';

export default {
  title: 'Empty messages pass',
  requirement: 'A message of no octets is a message: it arrives, in both directions, as text and as binary.',
  severity: 'low',
  refs: ['RFC 6455 §5.2'],
  why: 'Some protocols beat with empty messages. A hop or a library that takes no octets for no message loses them.',
  remedy: 'Have the hop tunnel octets after the 101 instead of parsing frames.',
  run: (probe) => echoesWhole(probe, 0),
} satisfies Check;
