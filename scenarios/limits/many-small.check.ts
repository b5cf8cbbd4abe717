import type { Check, WireFrame } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, info, pass } from '../../harness/verdict.js';

const COUNT = 200;
/** Codes of servers that bound how much they take. */
const POLICIES = [1008, 1013];

export default {
  title: 'Many small messages sent at once come back in order',
  requirement:
    'Messages that arrive in one segment or many are delivered each by itself, in the order in which they were sent.',
  severity: 'medium',
  reach: 'intrusive',
  kind: 'conformance',
  judges: 'either',
  refs: ['RFC 6455 §5.4', 'RFC 6455 §6.1'],
  why: 'Frames are not segments: a hop or a parser that takes one for the other loses or merges messages under load.',
  remedy: 'Have the hop tunnel octets after the 101, with backpressure instead of dropping.',
  async run(probe) {
    const peer = await probe.raw();
    const frames = Array.from({ length: COUNT }, (_, i) =>
      frame({ opcode: 'text', payload: `message ${i}`, mask: true }),
    );
    peer.send(Buffer.concat(frames));
    const deadline = performance.now() + probe.patience.answerMs * 3;
    for (let i = 0; i < COUNT; i++) {
      // What others say at an endpoint that is not ours is no message of ours.
      const ofOurs = ({ opcode, payload }: WireFrame) =>
        opcode < 3 && (probe.ours || /^message \d/.test(Buffer.from(payload).toString()));
      const came = await peer.until(ofOurs, deadline - performance.now());
      const text = came && Buffer.from(came.payload).toString();
      if (text === `message ${i}`) continue;
      const code = (await peer.farewell(0))?.code ?? 0;
      if (!probe.ours && (POLICIES.includes(code) || code >= 3000))
        return info(`after ${i} messages the endpoint closed with ${code}: it does not take so many at once`);
      const actual =
        text === undefined ? `${i} of ${COUNT} came back` : `after ${i} messages came another one`;
      return fail(`${COUNT} messages, in order`, actual, { blame: probe.suspect() });
    }
    peer.send(frame({ opcode: 'text', payload: 'the last', mask: true }));
    const last = await peer.until(({ opcode }) => opcode < 3, probe.patience.answerMs);
    if (probe.ours && last && Buffer.from(last.payload).toString() !== 'the last')
      return fail(`${COUNT} messages, in order`, `${COUNT} of them, and then another one`, {
        blame: probe.suspect(),
      });
    return pass(`${COUNT} messages came back in order`);
  },
} satisfies Check;
