import type { Toxic } from '../toxic.js';

/** Drops all data, and closes the connection when none came for `timeout` ms; never by itself when that is 0. */
const timeout: Toxic<'timeout'> = {
  attributes: { timeout: 0 },
  closesOnRemoval: true,
  async pipe(stub, { timeout }) {
    while (await stub.read(timeout > 0 ? timeout : undefined)) {
      // Dropped.
    }
  },
};
export default timeout;
