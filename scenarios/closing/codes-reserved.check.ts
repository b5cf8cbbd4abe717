import type { Check } from '../../harness/model.js';
import { budgetFor } from './answered.js';
import { common, mustRefuseCodes } from './codes.js';

const CODES = [1004, 1005, 1006, 1015];

export default {
  title: 'Close codes that never stand in a frame are objected to',
  requirement:
    '1005, 1006 and 1015 are reserved values and MUST NOT be set as a status code in a Close control frame by an endpoint.',
  ...common,
  refs: ['RFC 6455 §7.4.1'],
  budget: budgetFor(CODES.length),
  run: (probe) => mustRefuseCodes(probe, CODES),
} satisfies Check;
