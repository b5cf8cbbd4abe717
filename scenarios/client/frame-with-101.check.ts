import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { blame } from './shown.js';

export default {
  title: 'The client takes frames that come in one segment with the 101',
  requirement:
    'If the server has completed its handshake it may send data at once; it can arrive together with the head of its answer.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  refs: ['RFC 6455 §4.2.2'],
  why: 'First messages are lost, on fast networks and behind proxies that join segments, and nobody can tell why.',
  remedy: 'Hand what came behind the head to the frame reader.',
  async run(probe) {
    if ((await probe.habits()).sign !== 'pong')
      return skip('the client answers no pings, so it cannot be told');
    const payload = Buffer.from('with the 101');
    await using caught = await probe.lure({
      async serve(visit) {
        visit.send(Buffer.concat([visit.answer(), frame({ opcode: 'ping', payload })]));
        await visit.until((one) => one.opcode === 10, probe.patience.answerMs);
      },
    });
    const { visit } = caught;
    if (!visit) return skip('the client did not come');
    if (visit.frames.some((one) => one.opcode === 10 && payload.equals(one.payload)))
      return pass('it answered the ping');
    return fail('a pong', 'the ping behind the 101 was not answered', { blame });
  },
} satisfies Check;
