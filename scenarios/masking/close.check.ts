import type { Check } from '../../harness/model.js';
import { closePayload, frame } from '../../harness/protocol/index.js';
import { common, OBJECTIONS, sendUnmasked } from './unmasked.js';

export default {
  title: 'An unmasked Close is an error, and no Close',
  requirement: 'The server MUST close the connection upon receiving a frame that is not masked.',
  ...common,
  run: (probe) =>
    sendUnmasked(probe, {
      name: 'Close',
      frames: (mark, masked) => [
        frame({
          opcode: 'close',
          payload: closePayload(3999, mark.toString()),
          mask: masked ? true : undefined,
        }),
      ],
      heeded: ({ opcode, payload }) => opcode === 8 && !OBJECTIONS.includes(codeOf(payload)),
    }),
} satisfies Check;

/** Zero where there is none: an answer without a code objects to nothing. */
const codeOf = (payload: Uint8Array) => (payload.length < 2 ? 0 : Buffer.from(payload).readUInt16BE());
