import { tokensOf } from '../../protocol/index.js';
import type { Behaviour } from '../behaviour.js';

/** Switches to h2c where that is asked for (RFC 7540 §3.2, given up by RFC 9113), as servers with HTTP/2 in clear do. */
const h2c: Behaviour = (talk) => {
  if (!tokensOf(talk.request, 'upgrade').includes('h2c')) return talk.answer(200, [], 'not asked for h2c\n');
  talk.switchProtocols([
    ['Upgrade', 'h2c'],
    ['Connection', 'Upgrade'],
  ]);
};
export default h2c;
