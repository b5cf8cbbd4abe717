import type { Talk } from '../talk.js';
import { faultOf, numbersIn, type Stream } from './stream.js';

/**
 * `ws=`: `refuse` 403, `strip` 200 as if Upgrade had not come, `hang`, `black-hole` a 101 and then nothing, `accept-close`,
 * `close-after-3` cut after so many messages and refused from then on, `refuse-first-2`.
 */
export function overWebSocket(talk: Talk, stream: Stream): void {
  const tried = stream.attempt('websocket');
  const { name, k } = faultOf(talk, 'ws');
  if (name === 'refuse' || stream.cut || (name === 'refuse-first' && tried <= k))
    return talk.answer(403, [], 'refused\n');
  if (name === 'strip') return talk.answer(200, [], 'plain\n');
  if (name === 'hang') return talk.deafen();
  const frames = talk.upgrade();
  if (!frames) return;
  if (name === 'accept-close') return frames.close(1011, 'not today');
  frames.onMessage = () => {};
  if (name === 'black-hole') return;
  let sent = talk.number('after', 0);
  let carried = 0;
  const say = (n: number) => frames.send({ opcode: 'text', payload: JSON.stringify({ n, ack: stream.up }) });
  say(0);
  const forget = stream.onAck(() => say(0));
  frames.onMessage = (message) => stream.take(numbersIn(Buffer.from(message.data).toString()));
  talk.later.whenOver(forget);
  talk.later.every(Math.min(stream.everyMs, 20), () => {
    while (sent < stream.due && !stream.cut) {
      say(++sent);
      if (name === 'close-after' && ++carried >= k) {
        stream.cut = true;
        talk.end();
      }
    }
  });
}
