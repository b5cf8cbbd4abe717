import type { MakeSin } from '../sin.js';

/** Resets the client's connection where the origin closes its own in order. */
const make: MakeSin = () => ({ resetsClient: true });
export default make;
