import type { Behaviour } from '../behaviour.js';

const SHORT = 100;

/** An echo that comes in three fragments with a ping after the first, where it is of 100 octets or more. */
const fragments: Behaviour = (talk) => {
  const frames = talk.upgrade();
  if (!frames) return;
  const whole = frames.onMessage;
  frames.onMessage = (message) => {
    const { kind, data } = message;
    if (data.length < SHORT) return whole(message);
    const third = Math.floor(data.length / 3);
    frames.send({ opcode: kind as 'text' | 'binary', fin: false, payload: data.subarray(0, third) });
    frames.send({ opcode: 'ping', payload: 'between' });
    frames.send({ opcode: 'continuation', fin: false, payload: data.subarray(third, 2 * third) });
    frames.send({ opcode: 'continuation', payload: data.subarray(2 * third) });
  };
};
export default fragments;
