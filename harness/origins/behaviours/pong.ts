import type { Behaviour } from '../behaviour.js';

/** `?every=ms`: unsolicited pongs from the server's side (RFC 6455 §5.5.3); otherwise an echo. */
const pong: Behaviour = (talk) => {
  if (!talk.upgrade()) return;
  talk.every(talk.number('every', 500), () => talk.send({ opcode: 'pong' }));
};
export default pong;
