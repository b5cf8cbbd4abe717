import type { MakeSin } from '../sin.js';

/** Loses what came in one piece with the request's head. */
const make: MakeSin = () => ({ forgetsEarly: true });
export default make;
