import type { Behaviour } from '../behaviour.js';

/** Never answers. */
const hang: Behaviour = (talk) => talk.deafen();
export default hang;
