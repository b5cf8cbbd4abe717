import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { brokenAt, farSide, longest, story, streamPath } from './stream.js';

const COUNT = 30;

export default {
  title: 'The client goes back to WebSocket when the path heals',
  requirement:
    'While something lesser carries, WebSocket is tried again, and the stream moves to it without a break.',
  severity: 'low',
  refs: ['RFC 6455 §7.2.3'],
  why: 'One bad minute at page load should not mean long polling for the day.',
  remedy: 'Probe WebSocket in the background while degraded, and switch once its first message has come.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which refuses the WebSocket at first');
    const path = streamPath({ count: COUNT, everyMs: 40, faults: 'ws=refuse-first-2' });
    const session = await probe.live({ path, returnMs: 150 });
    // The origin refuses twice; a path that lets nothing through has shown it after as many attempts again.
    const tries = () => session.attempts.filter(({ transport }) => transport === 'websocket').length;
    await session.until((s) => s.transport === 'websocket' || tries() > 4, longest(probe));
    const back = session.transport === 'websocket';
    const far = await farSide(probe, path);
    if (!back && (far?.attempts.websocket ?? 0) === 0)
      return skip(`WebSocket does not get through here at all: ${story(session)}`);
    const measured = { transport: session.transport ?? 'none' };
    if (!back)
      return fail('back on WebSocket', `still on ${measured.transport}`, { measured, blame: 'client' });
    await session.until((s) => s.received.length >= COUNT, longest(probe));
    const broken = brokenAt(session.received, COUNT);
    if (broken) return fail(`1 to ${COUNT}, each once, in order`, broken, { measured, blame: 'client' });
    return pass(`back on WebSocket after ${story(session)}`, { measured });
  },
} satisfies Check;
