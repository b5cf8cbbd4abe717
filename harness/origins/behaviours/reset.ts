import type { Behaviour } from '../behaviour.js';

/** RST instead of an answer. */
const reset: Behaviour = (talk) => talk.reset();
export default reset;
