import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';

export default {
  title: 'Of two pings at once the last is answered',
  requirement:
    'If an endpoint receives a Ping frame and has not yet sent Pong frames in response to previous Pings, it may elect to send a Pong for only the most recently processed Ping.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.5.3'],
  judges: 'endpoint',
  why: 'A client whose last ping stays unanswered takes the server for dead and leaves.',
  remedy:
    'Answer every ping, in order; to leave earlier ones out is allowed, to leave the last one out is not.',
  async run(probe) {
    if (!(await probe.acquaintance()).pongs)
      return skip('the endpoint answers no pings at all; see framing/pong-exact');
    const peer = await probe.meet();
    const pings = ['first', 'second'].map((payload) => frame({ opcode: 'ping', payload, mask: true }));
    peer.send(Buffer.concat(pings));
    const came: string[] = [];
    await peer.until(({ opcode, payload }) => {
      if (opcode === 10) came.push(Buffer.from(payload).toString());
      return came.at(-1) === 'second';
    }, probe.patience.answerMs);
    const expected = 'a pong for the second ping, and before it one for the first or none';
    const blame = probe.suspect();
    if (came.at(-1) === 'second') {
      // What is late must not come behind what came after it.
      if (!(await probe.lives(peer))) return fail(expected, 'the connection ended behind them', { blame });
      return pass(came.length > 1 ? 'both were answered, in order' : 'the second was answered');
    }
    return fail(expected, came.length > 0 ? 'the first was answered alone' : 'neither was answered', {
      blame,
    });
  },
} satisfies Check;
