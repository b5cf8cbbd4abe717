import type { Check } from '../../harness/model.js';
import { common, echoesWhole } from './sizes.js';

export default {
  ...common,
  title: 'Messages of 65535 octets pass whole',
  requirement:
    'A message of 65535 octets, the last length that fits sixteen bits, arrives as it was sent, in both directions, as text and as binary.',
  reach: 'intrusive',
  run: (probe) => echoesWhole(probe, 65535),
} satisfies Check;
