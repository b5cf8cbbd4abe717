import type { Toxic } from '../toxic.js';

/**
 * Waits for the first data or the end of the stream, drops it, and `timeout` ms later closes the connection: with
 * RST when the toxic was there as the connection began, else with FIN.
 */
const resetPeer: Toxic<'timeout'> = {
  attributes: { timeout: 0 },
  resets: true,
  async pipe(stub, { timeout }) {
    await stub.read();
    if (stub.interrupted) return;
    await stub.hold(timeout);
    stub.close();
  },
};
export default resetPeer;
