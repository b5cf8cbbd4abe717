import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass } from '../../harness/verdict.js';

export default {
  title: 'An unmasked text frame ends the connection',
  requirement: 'The server MUST close the connection upon receiving a frame that is not masked.',
  severity: 'high',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.1', 'RFC 6455 §10.3'],
  async run(probe) {
    const peer = await probe.raw();
    peer.send(frame({ opcode: 'text', payload: 'unmasked' }));
    const end = await peer.farewell(probe.patience.answerMs);
    const echoed = await peer.until(({ opcode }) => opcode < 8, 0);
    if (!end || echoed)
      return fail('close 1002', 'the connection stayed open', { measured: { unmasked: 'passed' } });
    if (end.code && end.code !== 1002) return fail('close 1002', `close ${end.code}`);
    return pass(end.code ? 'closed with 1002' : 'dropped without a Close frame', {
      measured: { unmasked: 'rejected' },
    });
  },
} satisfies Check;
