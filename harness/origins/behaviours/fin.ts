import type { Behaviour } from '../behaviour.js';

/** `?after=ms`: accepts, then FIN without a Close frame. */
const fin: Behaviour = (talk) => {
  if (!talk.upgrade()) return;
  talk.later.after(talk.number('after', 50), () => talk.end());
};
export default fin;
