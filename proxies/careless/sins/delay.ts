import { Transform } from 'node:stream';
import type { MakeSin } from '../sin.js';

/** Keeps everything for a while, both ways, in its order. */
const make: MakeSin = ({ delayMs }) => ({
  tunnel: (wire) => ({
    up: (octets) => void setTimeout(wire.toOrigin, delayMs, octets),
    down: (octets) => void setTimeout(wire.toClient, delayMs, octets),
  }),
  through: () =>
    new Transform({
      transform(chunk, _encoding, done) {
        setTimeout(() => this.push(chunk), delayMs);
        done();
      },
      flush: (done) => void setTimeout(done, delayMs),
    }),
});
export default make;
