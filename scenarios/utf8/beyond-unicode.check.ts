import type { Check } from '../../harness/model.js';
import { budgetFor, common, mustNotTake, type Text } from './not-utf8.js';

const TEXTS: readonly Text[] = [
  ['a text with U+110000', Buffer.from('f4908080', 'hex')],
  ['a text with a character of five octets', Buffer.from('f888808080', 'hex')],
  ['a text with a character of six octets', Buffer.from('fc8480808080', 'hex')],
];

export default {
  title: 'Code points beyond U+10FFFF end the connection',
  ...common,
  refs: ['RFC 3629 §3', 'RFC 6455 §8.1'],
  why: 'What is no code point ends up as another character, or as an index past the end of a table.',
  budget: budgetFor(TEXTS.length),
  run: (probe) => mustNotTake(probe, TEXTS),
} satisfies Check;
