import type { Behaviour } from '../behaviour.js';

/** Takes messages and says nothing, but for those that begin with `echo`: data that flows one way, up. */
const sink: Behaviour = (talk) => {
  const frames = talk.upgrade();
  if (!frames) return;
  frames.onMessage = ({ kind, data }) => {
    if (Buffer.from(data).subarray(0, 4).toString() !== 'echo') return;
    frames.send({ opcode: kind as 'text' | 'binary', payload: data });
  };
};
export default sink;
