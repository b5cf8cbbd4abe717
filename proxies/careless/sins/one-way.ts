import type { MakeSin } from '../sin.js';

/** After the 101 nothing of the client's reaches the origin. */
const make: MakeSin = () => ({ tunnel: () => ({ up() {} }) });
export default make;
