import type { Toxic } from '../toxic.js';

/** Passes `bytes` octets, then closes the connection at once. With 0 or less it closes at the first octet. */
const limitData: Toxic<'bytes'> = {
  attributes: { bytes: 0 },
  async pipe(stub, { bytes }) {
    for await (const { data, at } of stub) {
      const passed = stub.state.passed ?? 0;
      const part = data.subarray(0, Math.max(0, bytes - passed));
      stub.state.passed = passed + part.length;
      if (part.length > 0) await stub.write({ data: part, at });
      if (stub.state.passed >= bytes) return stub.close();
    }
  },
};
export default limitData;
