import type { MakeSin } from '../sin.js';

const KEPT = /^sec-websocket-key$/i;

/** Writes the values of fields in lower case. */
const make: MakeSin = () => ({
  request: (head) => ({
    ...head,
    fields: head.fields.map(
      ([name, value]) => [name, KEPT.test(name) ? value : value.toLowerCase()] as const,
    ),
  }),
});
export default make;
