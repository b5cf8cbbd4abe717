import type { Check } from '../../harness/model.js';
import { common, floodOf } from './flood.js';

export default {
  ...common,
  title: 'A message of empty fragments is not held without end',
  severity: 'medium',
  why: 'Empty fragments never reach a limit of size, and keep a message open, and a reader busy, for as long as somebody likes to send them.',
  run: (probe) => floodOf(probe, ''),
} satisfies Check;
