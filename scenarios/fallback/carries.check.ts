import type { Check, Transport } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { hopeless, longest, story, streamPath } from './stream.js';

const USUAL: readonly Transport[] = ['websocket', 'sse', 'long-poll'];

export default {
  title: 'WebSocket carries the stream, and nothing lesser',
  requirement:
    'The stream is carried by WebSocket; where it cannot be, the client says what carries instead and why.',
  severity: 'medium',
  refs: ['RFC 6455 §1.1', 'https://html.spec.whatwg.org/multipage/server-sent-events.html'],
  why: 'A library that degrades to long polling in silence costs many times the round trips, and nobody learns why.',
  remedy: 'Let the hop that refused forward Upgrade and Connection over HTTP/1.1.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which speaks the stream by every transport');
    const session = await probe.live({ path: streamPath({ count: 5, everyMs: 40 }) });
    await session.until((s) => s.received.length >= 3 || hopeless(s, USUAL), longest(probe));
    const by = session.received.at(-1)?.by;
    const measured = {
      ...(by && { transport: by }),
      ...(session.firstMs !== undefined && { switchMs: Math.round(session.firstMs) }),
    };
    const blame = probe.suspect();
    if (!by) return fail('some transport carries', `none does: ${story(session)}`, { measured, blame });
    if (by === 'websocket' && session.attempts.length === 0)
      return pass('WebSocket carries, at the first attempt', { measured });
    const actual = `${by}, after ${story(session)}`;
    return warn(`degraded: ${actual}`, { measured, blame, expected: 'websocket', actual });
  },
} satisfies Check;
