import type { Check } from '../../harness/model.js';
import { echoesWhole } from './sizes.js';

export default {
  title: 'Messages of 1048576 octets pass whole',
  requirement:
    'A message of 1048576 octets, a mebibyte, larger than the buffers of most hops, arrives as it was sent, in both directions, as text and as binary.',
  severity: 'medium',
  reach: 'intrusive',
  refs: ['RFC 6455 §5.2'],
  why: 'Lengths change their encoding at 126 and 65536, and hops their buffers at other borders: there things break.',
  remedy:
    'Raise the message or buffer limit of the hop, or correct its handling of extended payload lengths.',
  run: (probe) => echoesWhole(probe, 1048576),
} satisfies Check;
