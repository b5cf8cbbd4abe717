import type { MakeSin } from '../sin.js';

/** Adds an extension to the 101 that nobody asked for. */
const make: MakeSin = () => ({
  answer: (head) => ({
    ...head,
    fields: [
      ...head.fields,
      ...(head.status === 101 ? [['Sec-WebSocket-Extensions', 'permessage-bzip2'] as const] : []),
    ],
  }),
});
export default make;
