import type { Check } from '../../harness/model.js';
import { common, floodOf } from './flood.js';

export default {
  ...common,
  title: 'A message of fragments of one octet is not held without end',
  severity: 'high',
  why: 'Each fragment costs its receiver a buffer of a hundred octets and more, and the sender seven: limits of a message’s size do not see that.',
  run: (probe) => floodOf(probe, 'a'),
} satisfies Check;
