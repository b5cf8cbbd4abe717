import { randomBytes } from 'node:crypto';
import type { Check, Peer, Probe } from '../../harness/model.js';
import { endsMessage, frame } from '../../harness/protocol/index.js';
import { pass, skip, warn } from '../../harness/verdict.js';

const TIMES = 5;
/** A user notices what takes longer. */
const NOTICED_MS = 500;

export default {
  title: 'A small message comes back at once',
  requirement: 'A message of one octet is delivered when it is sent: nothing waits for more to send with it.',
  severity: 'low',
  kind: 'hardening',
  refs: ['RFC 6455 §1.2'],
  judges: 'endpoint',
  why: 'A hop that buffers turns a live feed into one that comes in gulps.',
  remedy: 'Switch buffering off for WebSocket paths, and Nagle’s algorithm (TCP_NODELAY on) at both ends.',
  fixes: { nginx: 'proxy_buffering off;\ntcp_nodelay on;' },
  async run(probe) {
    const { again } = await probe.acquaintance();
    if (again !== 'echo' && again !== 'pong') return skip('nothing comes back here whenever it is asked for');
    const peer = await probe.meet();
    const times: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      const ms = await roundTrip(probe, peer, again);
      if (ms === undefined) return skip('an answer did not come back');
      times.push(ms);
    }
    const sorted = times.sort((a, b) => a - b);
    const [least, median] = [sorted[0]!, sorted[Math.floor(TIMES / 2)]!];
    const measured = {
      roundTripMs: Math.round(median * 10) / 10,
      leastRoundTripMs: Math.round(least * 10) / 10,
    };
    const said = `${again === 'echo' ? 'an echo' : 'a pong'} takes ${measured.roundTripMs} ms (median of ${TIMES})`;
    if (median > NOTICED_MS)
      return warn(said, { measured, expected: `less than ${NOTICED_MS} ms`, actual: said });
    return pass(said, { measured });
  },
} satisfies Check;

async function roundTrip(probe: Probe, peer: Peer, again: 'echo' | 'pong'): Promise<number | undefined> {
  const payload = again === 'echo' ? Buffer.from(randomBytes(1).toString('hex').slice(0, 1)) : randomBytes(1);
  const since = performance.now();
  peer.send(frame({ opcode: again === 'echo' ? 'text' : 'ping', payload, mask: true }));
  const whole = endsMessage(payload);
  const fits =
    again === 'echo'
      ? whole
      : (one: Parameters<typeof whole>[0]) => one.opcode === 10 && payload.equals(one.payload);
  return (await peer.until(fits, probe.patience.answerMs)) && performance.now() - since;
}
