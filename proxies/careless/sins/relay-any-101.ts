import type { MakeSin } from '../sin.js';

/** Believes every 101, asked for or not, whatever it says it switches to. */
const make: MakeSin = () => ({ tunnels: ({ status }) => status === 101, believes101: true });
export default make;
