import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { common, sendUnmasked } from './unmasked.js';

export default {
  title: 'An unmasked ping ends the connection',
  requirement: 'The server MUST close the connection upon receiving a frame that is not masked.',
  ...common,
  run: (probe) =>
    sendUnmasked(probe, {
      name: 'ping',
      frames: (mark, masked) => [frame({ opcode: 'ping', payload: mark, mask: masked ? true : undefined })],
      heeded: ({ opcode, payload }, mark) => opcode === 10 && mark.equals(payload),
    }),
} satisfies Check;
