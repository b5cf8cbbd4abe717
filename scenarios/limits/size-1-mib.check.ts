import type { Check } from '../../harness/model.js';
import { common, echoesWhole } from './sizes.js';

export default {
  ...common,
  title: 'Messages of 1048576 octets pass whole',
  requirement:
    'A message of 1048576 octets, a mebibyte, larger than the buffers of most hops, arrives as it was sent, in both directions, as text and as binary.',
  reach: 'intrusive',
  budget: { octets: 2_300_000, seconds: 60 },
  run: (probe) => echoesWhole(probe, 1048576),
} satisfies Check;
