import type { MakeSin } from '../sin.js';

/** Passes offers of extensions on, and keeps what the origin agreed to from the client. */
const make: MakeSin = () => ({
  answer: (head) => ({
    ...head,
    fields: head.fields.filter(([name]) => name.toLowerCase() !== 'sec-websocket-extensions'),
  }),
});
export default make;
