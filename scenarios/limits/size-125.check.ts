import type { Check } from '../../harness/model.js';
import { common, echoesWhole } from './sizes.js';

export default {
  ...common,
  title: 'Messages of 125 octets pass whole',
  requirement:
    'A message of 125 octets, the last length that fits seven bits, arrives as it was sent, in both directions, as text and as binary.',
  run: (probe) => echoesWhole(probe, 125),
} satisfies Check;
