import type { MakeSin } from '../sin.js';

/** Asks the origin with HTTP/1.0. */
const make: MakeSin = () => ({
  request: (head) => ({ ...head, version: '1.0' }),
});
export default make;
