import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { longest, story, streamPath } from './stream.js';

export default {
  title: 'The client says that it degraded, and why',
  requirement:
    'A client that carries on by something lesser than WebSocket lets the application know what failed and how.',
  severity: 'low',
  judges: 'client',
  refs: ['RFC 6455 §7.1.7'],
  why: 'Degrading in silence hides a broken proxy until the load of the polling is noticed.',
  remedy: 'Report the transport in use and the outcome of each attempt before it.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which refuses the WebSocket on purpose');
    const session = await probe.live({ path: streamPath({ count: 3, everyMs: 40, faults: 'ws=refuse' }) });
    if (!(await session.until((s) => s.received.length >= 3, longest(probe))))
      return skip(`nothing carries here: ${story(session)}`);
    const attempt = session.attempts.find(({ transport }) => transport === 'websocket');
    const measured = { transport: session.transport ?? 'none' };
    if (session.transport === 'websocket')
      return fail('something lesser, and the reason', 'it says WebSocket, which the origin refused', {
        measured,
        blame: 'client',
      });
    if (!attempt?.why)
      return fail('the reason', 'no word of the failed attempt', { measured, blame: 'client' });
    return pass(`${session.transport}, after ${story(session)}`, { measured });
  },
} satisfies Check;
