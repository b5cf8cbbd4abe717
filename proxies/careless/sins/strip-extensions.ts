import type { Field } from '../../../harness/protocol/index.js';
import type { MakeSin } from '../sin.js';

const others = ([name]: Field) => name.toLowerCase() !== 'sec-websocket-extensions';

/** Removes Sec-WebSocket-Extensions both ways. */
const make: MakeSin = () => ({
  request: (head) => ({ ...head, fields: head.fields.filter(others) }),
  answer: (head) => ({ ...head, fields: head.fields.filter(others) }),
});
export default make;
