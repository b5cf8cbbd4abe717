import { emptyAnswer } from '../../plain/serve.js';
import type { MakeSin } from '../sin.js';

/** Refuses every POST. */
const make: MakeSin = () => ({
  answers: ({ method, socket }) => {
    if (method === 'POST') socket.end(emptyAnswer(403));
    return method === 'POST';
  },
});
export default make;
