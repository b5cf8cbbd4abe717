import type { Behaviour } from '../behaviour.js';

/** `?every=ms`: pings from the server's side at that period; otherwise an echo. */
const ping: Behaviour = (talk) => {
  const frames = talk.upgrade();
  if (!frames) return;
  talk.later.every(talk.number('every', 500), (count) =>
    frames.send({ opcode: 'ping', payload: `ping ${count}` }),
  );
};
export default ping;
