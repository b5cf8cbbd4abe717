import type { Behaviour } from '../behaviour.js';

/** `?every=ms`: unsolicited pongs from the server's side (RFC 6455 §5.5.3); otherwise an echo. */
const pong: Behaviour = (talk) => {
  const frames = talk.upgrade();
  if (!frames) return;
  talk.later.every(talk.number('every', 500), () => frames.send({ opcode: 'pong' }));
};
export default pong;
