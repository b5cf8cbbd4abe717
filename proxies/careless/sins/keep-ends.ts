import type { MakeSin } from '../sin.js';

/** Keeps the end of one side from the other. */
const make: MakeSin = () => ({ keepsEnds: true });
export default make;
