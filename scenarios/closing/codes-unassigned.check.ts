import type { Check } from '../../harness/model.js';
import { budgetFor } from './answered.js';
import { common, mustRefuseCodes } from './codes.js';

const CODES = [1016, 1100, 2000, 2999];

export default {
  title: 'Close codes that nobody has defined are objected to',
  requirement:
    'Status codes in the range 1000-2999 are reserved for definition by this protocol, its future revisions, and extensions specified in a permanent and readily available public specification.',
  ...common,
  refs: ['RFC 6455 §7.4.2', 'https://www.iana.org/assignments/websocket'],
  budget: budgetFor(CODES.length),
  run: (probe) => mustRefuseCodes(probe, CODES),
} satisfies Check;
