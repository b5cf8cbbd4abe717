import type { Toxic } from '../toxic.js';

/** Passes everything on. */
const noop: Toxic<never> = {
  attributes: {},
  async pipe(stub) {
    for await (const chunk of stub) await stub.write(chunk);
  },
};
export default noop;
