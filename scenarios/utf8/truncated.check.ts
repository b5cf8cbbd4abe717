import type { Check } from '../../harness/model.js';
import { budgetFor, common, mustNotTake, type Text } from './not-utf8.js';

const TEXTS: readonly Text[] = [
  ['a text that ends after the first of two octets', Buffer.from('6869c3', 'hex')],
  ['a text that ends after the second of three octets', Buffer.from('6869e282', 'hex')],
  ['a text that ends after the third of four octets', Buffer.from('6869f09f92', 'hex')],
];

export default {
  title: 'A text that ends within a character ends the connection',
  ...common,
  refs: ['RFC 6455 §8.1', 'RFC 3629 §3'],
  why: 'Put together with the next text, the rest swallows the character that comes first there: a quote, or the end of a field.',
  budget: budgetFor(TEXTS.length),
  run: (probe) => mustNotTake(probe, TEXTS),
} satisfies Check;
