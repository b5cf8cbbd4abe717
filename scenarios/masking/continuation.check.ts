import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { common, sendUnmasked } from './unmasked.js';

export default {
  title: 'An unmasked continuation frame ends the connection',
  requirement: 'The server MUST close the connection upon receiving a frame that is not masked.',
  ...common,
  run: (probe) =>
    sendUnmasked(probe, {
      name: 'continuation frame',
      frames: (mark, masked) => [
        frame({ opcode: 'text', payload: 'masked, and then ', fin: false, mask: true }),
        frame({ opcode: 'continuation', payload: mark, mask: masked ? true : undefined }),
      ],
      heeded: ({ opcode, payload }, mark) => opcode < 8 && Buffer.from(payload).includes(mark),
    }),
} satisfies Check;
