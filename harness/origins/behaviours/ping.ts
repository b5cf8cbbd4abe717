import type { Behaviour } from '../behaviour.js';

/** `?every=ms`: pings from the server's side at that period; otherwise an echo. */
const ping: Behaviour = (talk) => {
  if (!talk.upgrade()) return;
  talk.every(talk.number('every', 500), (count) => talk.send({ opcode: 'ping', payload: `ping ${count}` }));
};
export default ping;
