import type { MakeSin } from '../sin.js';

/** Leaves the query of a handshake out. */
const make: MakeSin = () => ({
  request: (head) => ({ ...head, target: head.target.replace(/\?.*$/, '') }),
});
export default make;
