import type { Behaviour } from '../behaviour.js';

/** `?after=ms`: accepts, then RST. */
const rst: Behaviour = (talk) => {
  if (!talk.upgrade()) return;
  talk.later.after(talk.number('after', 50), () => talk.reset());
};
export default rst;
