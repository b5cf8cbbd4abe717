import type { Behaviour } from '../behaviour.js';

/** A text frame `early` in the same write as the 101; then an echo. */
const early: Behaviour = (talk) => {
  talk.upgrade({ early: [{ opcode: 'text', payload: 'early' }] });
};
export default early;
