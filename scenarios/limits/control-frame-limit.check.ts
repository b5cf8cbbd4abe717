import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass } from '../../harness/verdict.js';

export default {
  title: 'A control frame of more than 125 octets ends the connection',
  requirement:
    'All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented.',
  severity: 'medium',
  reach: 'intrusive',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.5'],
  why: 'Control frames jump every queue; without their bound they are a way around every limit on messages.',
  remedy: 'Fail the connection with 1002 at the origin.',
  async run(probe) {
    const largest = await probe.raw();
    const limit = 'x'.repeat(125);
    largest.send(frame({ opcode: 'ping', payload: limit, mask: true }));
    const pong = await largest.until(({ opcode }) => opcode === 10, probe.patience.answerMs);
    if (Buffer.from(pong?.payload ?? '').toString() !== limit)
      return fail('a pong with the same 125 octets', pong ? 'another pong' : 'no pong', {
        blame: probe.suspect(),
      });
    const peer = await probe.raw();
    peer.send(frame({ opcode: 'ping', payload: `${limit}x`, mask: true }));
    const end = await peer.farewell(probe.patience.answerMs);
    if (!end) return fail('close 1002', 'the connection stayed open', { blame: 'origin' });
    if (end.code !== undefined && end.code !== 1002)
      return fail('close 1002', `close ${end.code}`, { blame: 'origin' });
    return pass(end.code ? 'closed with 1002' : 'dropped without a Close frame');
  },
} satisfies Check;
