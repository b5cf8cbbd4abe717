import type { MakeSin } from '../sin.js';

/** Passes `Upgrade: h2c` on, and tunnels when it is taken up. */
const make: MakeSin = () => ({ passes: ['h2c'] });
export default make;
