import type { Check, LiveSession, Probe } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { atFault, brokenAt, farSide, longest, story, streamPath } from './stream.js';

const DOWN = 25;
const UP = 12;

export default {
  title: 'Nothing is lost, doubled or reordered when the transport changes',
  requirement:
    'Every number sent in either direction across a change of transport is delivered once, in order.',
  severity: 'high',
  refs: ['RFC 6455 §7.1.5'],
  why: 'What was in flight when a transport breaks is lost, unless both ends number what they send and resume.',
  remedy:
    'Number messages in both directions; resume after the last number received, and send again what was not acknowledged.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which breaks the WebSocket on purpose');
    const fresh = () => streamPath({ count: DOWN, everyMs: 30, faults: 'ws=close-after-3' });
    const path = fresh();
    const session = await probe.live({ path });
    await exchange(probe, session);
    if (!session.received.some(({ by }) => by === 'websocket'))
      return skip(`WebSocket does not carry here, so there is no change to watch: ${story(session)}`);
    const carriers = [...new Set(session.received.map(({ by }) => by))].join(' → ');
    const measured = { transport: session.transport ?? 'none', carriers };
    const expected = `1 to ${DOWN} down and 1 to ${UP} up, each once, in order`;
    const unlike = async (actual: string) =>
      fail(expected, actual, {
        measured,
        blame: await atFault(probe, { path: fresh() }, (control) => exchange(probe, control)),
      });
    const broken = brokenAt(session.received, DOWN);
    if (broken) return unlike(`down: ${broken}`);
    const far = await farSide(probe, path);
    if (!far) return fail(expected, 'the far end did not say what it has', { measured });
    if (far.up !== UP) return unlike(`up: ${far.up} of ${UP} arrived`);
    if (carriers === 'websocket')
      return fail('a change of transport', 'the broken WebSocket went on', { measured });
    return pass(`${carriers}: ${DOWN} down, ${UP} up`, { measured: { ...measured, resent: far.duplicates } });
  },
} satisfies Check;

/** Numbers both ways; what was wrong with them as the client has it. */
async function exchange(probe: Probe, session: LiveSession): Promise<string | undefined> {
  for (let i = 0; i < UP; i++) {
    session.send();
    await probe.wait(25);
  }
  await session.until((s) => s.received.length >= DOWN && s.acknowledged >= UP, longest(probe));
  const broken = brokenAt(session.received, DOWN);
  return broken ?? (session.acknowledged < UP ? `up: ${session.acknowledged} of ${UP}` : undefined);
}
