import type { Behaviour } from '../behaviour.js';

/** `?every=ms`: numbered text messages from the server's side, nothing asked; otherwise an echo. */
const push: Behaviour = (talk) => {
  const frames = talk.upgrade();
  if (!frames) return;
  talk.later.every(talk.number('every', 500), (count) =>
    frames.send({ opcode: 'text', payload: String(count) }),
  );
};
export default push;
