import type { Check, Probe, Verdict } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass } from '../../harness/verdict.js';
import { mustEnd } from '../judging/violation.js';
import { codeSaid } from './said.js';

export default {
  title: 'A control frame of more than 125 octets ends the connection',
  requirement:
    'All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented.',
  severity: 'medium',
  judges: 'either',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.5'],
  why: 'Control frames jump every queue; without their bound they are a way around every limit on messages.',
  remedy: 'Fail the connection with 1002 at the origin.',
  async run(probe) {
    if (!probe.ours) return elsewhere(probe);
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
    if (end?.code === 1002) return pass('closed with 1002');
    if (end && end.code === undefined) return pass('dropped without a Close frame');
    const actual = end ? `close ${end.code}` : 'the connection stayed open';
    const seen = probe.ours ? await probe.sighting(peer.token) : undefined;
    const came = !seen || seen.frames.some(({ payload }) => payload.length > limit.length);
    const said = codeSaid(seen);
    const why = !came
      ? '; the frame never came to the origin as it was'
      : said !== undefined && said !== end?.code
        ? `, though the origin said ${said}`
        : '';
    return fail('close 1002', actual + why, { blame: why ? probe.suspect() : 'origin' });
  },
} satisfies Check;

/** That pings are answered right is another claim: here the largest has only to do no harm. */
function elsewhere(probe: Probe): Promise<Verdict> {
  const ping = (octets: number) => frame({ opcode: 'ping', payload: 'x'.repeat(octets), mask: true });
  const name = 'a ping of 126 octets';
  return mustEnd(probe, { name, send: [ping(126)], legal: [ping(125)], codes: [1002] });
}
