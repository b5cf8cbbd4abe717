import type { Talk } from '../talk.js';
import { faultOf, type Stream } from './stream.js';

const TICK_MS = 10;

/** `poll=`: `refuse`. `hold=ms`: answers with what came after `after=`, at once when more than `ack=` has arrived from the
 * client, or with nothing but the acknowledgement when time is up. */
export function overLongPoll(talk: Talk, stream: Stream): void {
  stream.attempt('long-poll');
  if (faultOf(talk, 'poll').name === 'refuse') return talk.answer(403, [], 'refused\n');
  const after = talk.number('after', 0);
  const until = performance.now() + talk.number('hold', 0);
  const acknowledged = talk.number('ack', stream.up);
  const answerIfDue = () => {
    if (talk.answered) return;
    const last = stream.due;
    if (last <= after && stream.up === acknowledged && performance.now() < until) return;
    const numbers = Array.from({ length: Math.max(last - after, 0) }, (_, i) => after + 1 + i);
    const lines = [0, ...numbers].map((n) => JSON.stringify({ n, ack: stream.up, at: performance.now() }));
    talk.answer(
      200,
      [
        ['Content-Type', 'application/x-ndjson'],
        ['Cache-Control', 'no-store'],
      ],
      `${lines.join('\n')}\n`,
    );
    talk.later.over();
  };
  answerIfDue();
  if (!talk.answered) talk.later.every(TICK_MS, answerIfDue);
}
