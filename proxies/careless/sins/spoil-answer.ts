import type { MakeSin } from '../sin.js';

/** Takes cookies out of answers to handshakes, and says that they have a body. */
const make: MakeSin = () => ({
  answer: (head) => ({
    ...head,
    fields: [
      ...head.fields.filter(([name]) => name.toLowerCase() !== 'set-cookie'),
      ...(head.status === 101 ? [['Content-Length', '0'] as const] : []),
    ],
  }),
});
export default make;
