import type { Check } from '../../harness/model.js';
import { budgetFor, common, mustNotTake, type Text } from './not-utf8.js';

const TEXTS: readonly Text[] = [
  ['a text with “/” in two octets', Buffer.from('c0af', 'hex')],
  ['a text with “/” in three octets', Buffer.from('e080af', 'hex')],
  ['a text with “/” in four octets', Buffer.from('f08080af', 'hex')],
  ['a text with U+07FF in three octets', Buffer.from('e09fbf', 'hex')],
];

export default {
  title: 'Overlong forms of characters end the connection',
  ...common,
  refs: ['RFC 3629 §3', 'RFC 6455 §8.1'],
  why: 'A slash or a quote in more octets than it takes is not seen by filters that look for it, and is one again for whoever decodes it later.',
  budget: budgetFor(TEXTS.length),
  run: (probe) => mustNotTake(probe, TEXTS),
} satisfies Check;
