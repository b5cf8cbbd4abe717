import type { Behaviour } from '../behaviour.js';

/** Sends every message back as one frame of the same type. */
const echo: Behaviour = (talk) => {
  talk.upgrade();
};
export default echo;
