import type { Toxic } from '../toxic.js';

/** Holds the end of the stream back by `delay` ms; data passes. */
const slowClose: Toxic<'delay'> = {
  attributes: { delay: 0 },
  async pipe(stub, { delay }) {
    for await (const chunk of stub) await stub.write(chunk);
    await stub.wait(delay);
  },
};
export default slowClose;
