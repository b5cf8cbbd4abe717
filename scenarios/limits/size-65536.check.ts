import type { Check } from '../../harness/model.js';
import { common, echoesWhole } from './sizes.js';

export default {
  ...common,
  title: 'Messages of 65536 octets pass whole',
  requirement:
    'A message of 65536 octets, the first length that needs sixty-four bits, arrives as it was sent, in both directions, as text and as binary.',
  reach: 'intrusive',
  run: (probe) => echoesWhole(probe, 65536),
} satisfies Check;
