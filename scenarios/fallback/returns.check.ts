import type { Check, LiveSession, Probe } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { atFault, brokenAt, farSide, longest, story, streamPath } from './stream.js';

const COUNT = 30;
const RETURN_MS = 150;

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
    const fresh = () => streamPath({ count: COUNT, everyMs: 40, faults: 'ws=refuse-first-2' });
    const path = fresh();
    const session = await probe.live({ path, returnMs: RETURN_MS });
    const wrong = await wrongWith(probe, session);
    if (wrong === undefined) return pass(`back on WebSocket after ${story(session)}`, measuredOf(session));
    const back = session.received.some(({ by }) => by === 'websocket');
    const far = await farSide(probe, path);
    if (!back && (far?.attempts.websocket ?? 0) === 0)
      return skip(`WebSocket does not get through here at all: ${story(session)}`);
    return fail(back ? `1 to ${COUNT}, each once, in order` : 'back on WebSocket', wrong, {
      ...measuredOf(session),
      blame: await atFault(probe, { path: fresh(), returnMs: RETURN_MS }, (control) =>
        wrongWith(probe, control),
      ),
    });
  },
} satisfies Check;

const measuredOf = ({ transport }: LiveSession) => ({ measured: { transport: transport ?? 'none' } });

/** What is wrong with a stream that ought to come back to WebSocket, if anything is. */
async function wrongWith(probe: Probe, session: LiveSession): Promise<string | undefined> {
  // The origin refuses twice; a path that lets nothing through has shown it after as many attempts again.
  const tries = () => session.attempts.filter(({ transport }) => transport === 'websocket').length;
  await session.until((s) => s.transport === 'websocket' || tries() > 4, longest(probe));
  if (session.transport !== 'websocket') return `still on ${session.transport ?? 'none'}`;
  await session.until((s) => s.received.length >= COUNT, longest(probe));
  return brokenAt(session.received, COUNT);
}
