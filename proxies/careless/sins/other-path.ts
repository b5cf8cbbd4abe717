import type { MakeSin } from '../sin.js';

/** Asks the origin for another path. */
const make: MakeSin = () => ({
  request: (head) => ({ ...head, target: `/app${head.target}` }),
});
export default make;
