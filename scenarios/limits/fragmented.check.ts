import type { Check, Probe } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass } from '../../harness/verdict.js';
import { besides, messageFrom, parting, pattern } from './sizes.js';

export default {
  title: 'A fragmented message with a ping between its fragments passes whole',
  requirement:
    'Control frames may be injected in the middle of a fragmented message; the pong does not wait for its end.',
  severity: 'medium',
  kind: 'conformance',
  judges: 'either',
  refs: ['RFC 6455 §5.4', 'RFC 6455 §5.5.2'],
  why: 'A hop that puts messages together before it passes them on delays pings until the message is whole, and may mix up the two.',
  remedy: 'Have the hop tunnel octets after the 101 instead of parsing frames.',
  async run(probe) {
    const peer = await probe.raw();
    const whole = pattern(3000, 'text');
    peer.send(frame({ opcode: 'text', fin: false, payload: whole.subarray(0, 1000), mask: true }));
    peer.send(frame({ opcode: 'continuation', fin: false, payload: whole.subarray(1000, 2000), mask: true }));
    peer.send(frame({ opcode: 'ping', payload: 'between', mask: true }));
    const pong = await peer.until(({ opcode }) => opcode === 10, probe.patience.answerMs);
    peer.send(frame({ opcode: 'continuation', payload: whole.subarray(2000), mask: true }));
    const { payload } = await messageFrom(peer, probe.patience.answerMs, besides(probe, whole));
    const blame = probe.suspect();
    if (!pong) return fail('a pong before the message is complete', 'no pong', { blame });
    if (Buffer.from(pong.payload).toString() !== 'between')
      return fail("the ping's own payload in the pong", 'another payload', { blame });
    if (!payload) return fail('the message, put together', 'it did not come back', { blame });
    const wrong = parting(whole, payload);
    if (wrong) return fail('the message, the same to the octet', wrong, { blame });
    if (!probe.ours) return pass('the pong came in between, and the message whole');
    const parted = await fromOrigin(probe, whole);
    if (parted) return fail('the same from the origin to the client', parted, { blame });
    return pass('each way a control frame came in between, and the message whole');
  },
} satisfies Check;

/** What is wrong with the message when the origin sends it in fragments, with a ping between. */
async function fromOrigin(probe: Probe, whole: Uint8Array): Promise<string | undefined> {
  const peer = await probe.raw({ path: '/fragments' });
  peer.send(frame({ opcode: 'text', payload: whole, mask: true }));
  const parts: Uint8Array[] = [];
  let pings = 0;
  for (;;) {
    const came = await peer.next(probe.patience.answerMs);
    if (!came) return `${parts.length} fragments of the origin's message came, and no end of it`;
    if (came.opcode === 9) pings++;
    if (came.opcode > 2) continue;
    parts.push(came.payload);
    if (!came.fin) continue;
    const wrong = parting(whole, Buffer.concat(parts));
    return wrong ?? (pings === 0 ? 'no ping of the origin came before the end of its message' : undefined);
  }
}
