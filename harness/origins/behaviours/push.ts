import type { Behaviour } from '../behaviour.js';

/** `?every=ms`: numbered text messages from the server's side, nothing asked; otherwise an echo. */
const push: Behaviour = (talk) => {
  if (!talk.upgrade()) return;
  talk.every(talk.number('every', 500), (count) => talk.send({ opcode: 'text', payload: String(count) }));
};
export default push;
