import type { MakeSin } from '../sin.js';

/** Loses what came in one piece with the head of the 101. */
const make: MakeSin = () => ({ forgetsAhead: true });
export default make;
