import { Transform } from 'node:stream';
import type { MakeSin } from '../sin.js';

/** Loses every fifth piece of a stream of events. */
const make: MakeSin = () => ({
  through(_request, answer) {
    if (!answer.headers['content-type']?.includes('event-stream')) return undefined;
    let pieces = 0;
    return new Transform({
      transform: (chunk, _encoding, done) => (++pieces % 5 === 0 ? done() : done(null, chunk)),
    });
  },
});
export default make;
