import type { MakeSin } from '../sin.js';

/** Undoes the escapes in the target of a handshake. */
const make: MakeSin = () => ({
  request: (head) => ({ ...head, target: decodeURIComponent(head.target) }),
});
export default make;
