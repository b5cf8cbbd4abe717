import type { Check } from '../../harness/model.js';
import { budgetFor } from './answered.js';
import { common, mustRefuseCodes } from './codes.js';

const CODES = [0, 999];

export default {
  title: 'Close codes below 1000 are objected to',
  requirement: 'Status codes in the range 0-999 are not used.',
  ...common,
  refs: ['RFC 6455 §7.4.2'],
  budget: budgetFor(CODES.length),
  run: (probe) => mustRefuseCodes(probe, CODES),
} satisfies Check;
