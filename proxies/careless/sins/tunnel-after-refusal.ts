import type { MakeSin } from '../sin.js';

/** Opens a raw tunnel to the origin for whoever asks to upgrade, whatever the origin says to it. */
const make: MakeSin = () => ({ tunnels: () => true });
export default make;
