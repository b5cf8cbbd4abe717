import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { told } from './told.js';

export default {
  title: 'A frame that the server sends in one segment with its 101 is not lost',
  requirement:
    'Once the server has sent its answer it may send data: octets behind the head of the 101 are frames, and reach the client.',
  severity: 'high',
  cwe: 'CWE-362',
  refs: ['RFC 6455 §4.2.2', 'RFC 6455 §5.1'],
  why: 'Servers greet at once, and the greeting often shares a segment with the 101. A hop that reads past the head and forgets it loses the first message of every connection.',
  remedy: 'Hand what was read beyond the head of the 101 on to the client.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which sends a frame at once');
    await probe.raw();
    const made = await probe.dial({ path: '/early' });
    const { handshake, peer } = made;
    if (handshake !== 'accepted' || !peer) {
      return fail('101 and a frame', told(made), { measured: { handshake }, blame: probe.suspect() });
    }
    const first = await peer.until(({ opcode }) => opcode < 8, probe.patience.answerMs);
    if (first && Buffer.from(first.payload).toString() === 'early') return pass('it arrived');
    const end = await peer.farewell(0);
    const actual = end
      ? `the connection ended (${end.how}) without it`
      : (await peer.echo(probe.patience.answerMs))
        ? 'it was lost, while later frames arrive'
        : 'nothing arrived';
    return fail('the frame', actual, { measured: { originToClient: 'dropped' }, blame: probe.suspect() });
  },
} satisfies Check;
