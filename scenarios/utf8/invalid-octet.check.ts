import type { Check } from '../../harness/model.js';
import { budgetFor, common, mustNotTake, type Text } from './not-utf8.js';

const TEXTS: readonly Text[] = [
  ['a text with the octet FF', Buffer.from('6869ff', 'hex')],
  ['a text with a stray continuation octet', Buffer.from('68698069', 'hex')],
  ['a text with the octet C0', Buffer.from('6869c020', 'hex')],
];

export default {
  title: 'An octet that is in no UTF-8 text ends the connection',
  ...common,
  refs: ['RFC 6455 §8.1', 'RFC 3629 §3'],
  why: 'What the server takes, others behind it read otherwise: filters and databases that replace, drop or refuse such octets see different texts, which is how filters are led past.',
  budget: budgetFor(TEXTS.length),
  run: (probe) => mustNotTake(probe, TEXTS),
} satisfies Check;
