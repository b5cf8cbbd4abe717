import { valueOf } from '../../protocol/index.js';
import type { Talk } from '../talk.js';
import { faultOf, type Stream } from './stream.js';

/** `sse=`: `refuse`, `hang`, `close-after-3` (each stream is cut after so many events). Honours Last-Event-ID. */
export function overSse(talk: Talk, stream: Stream): void {
  stream.attempt('sse');
  const { name, k } = faultOf(talk, 'sse');
  if (name === 'refuse') return talk.answer(403, [], 'refused\n');
  if (name === 'hang') return talk.deafen();
  const lastEventId = valueOf(talk.request, 'last-event-id');
  if (lastEventId !== undefined && stream.lastEventIds.length < 100) stream.lastEventIds.push(lastEventId);
  const resumed = talk.sins.has('ignore-last-event-id') ? undefined : lastEventId;
  let sent = Number(resumed ?? talk.number('after', 0)) || 0;
  let carried = 0;
  const body = talk.stream(200, [
    ['Content-Type', 'text/event-stream'],
    ['Cache-Control', 'no-store'],
    ...(talk.url.searchParams.has('unbuffered') ? ([['X-Accel-Buffering', 'no']] as const) : []),
  ]);
  const say = (n: number) => {
    const data = JSON.stringify({ n, ack: stream.up, at: performance.now() });
    body.write(`${n > 0 ? `id: ${n}\n` : ''}data: ${data}\n\n`);
  };
  body.write('retry: 100\n\n');
  say(0);
  talk.later.whenOver(stream.onAck(() => say(0)));
  talk.later.every(Math.min(stream.everyMs, 20), () => {
    while (sent < stream.due) {
      if (name === 'close-after' && carried >= k) return talk.end();
      say(++sent);
      carried++;
    }
  });
}
