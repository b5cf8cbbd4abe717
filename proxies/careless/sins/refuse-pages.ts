import { emptyAnswer } from '../../plain/serve.js';
import type { MakeSin } from '../sin.js';

/** Refuses whatever is no upgrade. */
const make: MakeSin = () => ({
  answers({ socket }) {
    socket.end(emptyAnswer(405));
    return true;
  },
});
export default make;
