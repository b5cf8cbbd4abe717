import type { Behaviour } from '../behaviour.js';

/** `?every=ms&timeout=ms`: pings at that period, and gives the peer up (RST) when no pong came in time; otherwise an echo. */
const heartbeat: Behaviour = (talk) => {
  const frames = talk.upgrade();
  if (!frames) return;
  const timeoutMs = talk.number('timeout', 1000);
  let awaited = performance.now();
  let answered = true;
  frames.onPong = () => {
    answered = true;
  };
  talk.later.every(talk.number('every', 500), () => {
    const now = performance.now();
    if (!answered && now - awaited < timeoutMs) return;
    if (!answered) {
      talk.sighting.note('note', `no pong within ${timeoutMs} ms`);
      return talk.reset();
    }
    answered = false;
    awaited = now;
    frames.send({ opcode: 'ping', payload: 'heartbeat' });
  });
};
export default heartbeat;
