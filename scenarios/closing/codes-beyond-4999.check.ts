import type { Check } from '../../harness/model.js';
import { budgetFor } from './answered.js';
import { common, mustRefuseCodes } from './codes.js';

const CODES = [5000, 65535];

export default {
  title: 'Close codes from 5000 are objected to',
  requirement: 'Status codes are defined for the ranges from 1000 to 4999 alone.',
  ...common,
  refs: ['RFC 6455 §7.4.2'],
  budget: budgetFor(CODES.length),
  run: (probe) => mustRefuseCodes(probe, CODES),
} satisfies Check;
