import type { ResponseHead } from '../../../harness/protocol/index.js';
import type { MakeSin } from '../sin.js';

/** Answers every handshake with the first 101 that it ever got. */
const make: MakeSin = () => {
  let first: ResponseHead | undefined;
  return {
    answer(head) {
      if (head.status !== 101) return head;
      first ??= head;
      return first;
    },
  };
};
export default make;
