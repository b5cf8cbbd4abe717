import type { Check } from '../../harness/model.js';
import { budgetFor, common, mustNotTake, type Text } from './not-utf8.js';

const TEXTS: readonly Text[] = [
  ['a text with U+D800', Buffer.from('eda080', 'hex')],
  ['a text with U+DFFF', Buffer.from('edbfbf', 'hex')],
  ['a text with a pair of surrogates', Buffer.from('eda080edb080', 'hex')],
];

export default {
  title: 'Halves of surrogate pairs end the connection',
  ...common,
  refs: ['RFC 3629 §3', 'RFC 6455 §8.1'],
  why: 'They are no characters. Languages with UTF-16 inside take them and others refuse them, so a stored text may break whoever reads it next.',
  budget: budgetFor(TEXTS.length),
  run: (probe) => mustNotTake(probe, TEXTS),
} satisfies Check;
