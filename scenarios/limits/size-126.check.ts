import type { Check } from '../../harness/model.js';
import { common, echoesWhole } from './sizes.js';

export default {
  ...common,
  title: 'Messages of 126 octets pass whole',
  requirement:
    'A message of 126 octets, the first length that needs sixteen bits, arrives as it was sent, in both directions, as text and as binary.',
  run: (probe) => echoesWhole(probe, 126),
} satisfies Check;
