import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { brokenAt, farSide, hopeless, longest, story, streamPath } from './stream.js';

const COUNT = 12;

export default {
  title: 'A broken event stream resumes where it stopped',
  requirement:
    'The client reconnects with Last-Event-ID, the path keeps it, and the origin goes on after that event.',
  severity: 'medium',
  refs: ['https://html.spec.whatwg.org/multipage/server-sent-events.html#last-event-id'],
  why: 'Streams are cut by every idle timeout and reload on the way; without resumption each cut loses or repeats events.',
  remedy: 'Give events an id, honour Last-Event-ID at the origin, and let the hops pass it.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which breaks the stream on purpose');
    // The break comes at once after three events, so that a hop that buffers shows it all the same.
    const path = streamPath({ count: COUNT, everyMs: 40, faults: 'sse=close-after-3&unbuffered' });
    const session = await probe.live({ path, transports: ['sse'] });
    await session.until((s) => s.received.length >= COUNT || hopeless(s, ['sse']), longest(probe));
    if (session.received.length === 0) return skip(`server-sent events do not carry here: ${story(session)}`);
    const far = await farSide(probe, path);
    const lastEventIds = far?.lastEventIds.join(' ') ?? '';
    const measured = { lastEventIds, streams: far?.attempts.sse ?? 0 };
    const blame = probe.suspect();
    const broken = brokenAt(session.received, COUNT);
    if (measured.streams < 2) {
      const told = session.attempts.length > 0 ? story(session) : 'the client was not told';
      const actual = `the origin broke the stream, and was not asked again: ${told}`;
      return fail('an end of the stream at the client', actual, { measured, blame });
    }
    if (lastEventIds === '')
      return fail('Last-Event-ID reaches the origin', 'the origin saw none', { measured, blame });
    if (broken) return fail(`1 to ${COUNT}, each once, in order`, broken, { measured, blame: 'origin' });
    return pass(`resumed after ${lastEventIds}`, { measured });
  },
} satisfies Check;
