import type { MakeSin } from '../sin.js';

/** Lets the 101 through and hangs up. */
const make: MakeSin = () => ({
  tunnel(wire) {
    setImmediate(wire.drop);
    return { up() {}, down() {} };
  },
});
export default make;
