import type { Check, Peer } from '../../harness/model.js';
import { endsMessage, frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';

/** What content filters are told to stop, and something of the same length that they are not. */
const FORBIDDEN = 'gauntlet-forbidden';
const PERMITTED = 'gauntlet-permitted';

export default {
  title: 'Nobody on the way looks into the messages',
  requirement: 'A message arrives whatever it says.',
  severity: 'info',
  refs: ['RFC 6455 §1.3', 'RFC 6455 §10.6'],
  why: 'A filter reads what is sent in clear, not what TLS hides, and that again where TLS is inspected. Which of the three a path is, a message that the filter is to stop tells.',
  remedy:
    "Use wss where messages are nobody else's business; where a filter is wanted, see that it inspects.",
  async run(probe) {
    const peer = await probe.raw();
    const { answerMs } = probe.patience;
    if (!(await comesBack(peer, PERMITTED, answerMs))) return skip('not even a harmless message came back');
    if (await comesBack(peer, FORBIDDEN, answerMs)) {
      return pass(`"${FORBIDDEN}" came back`, { measured: { content: 'passed' } });
    }
    const end = await peer.farewell(0);
    // That the path itself still works shows that it was the message.
    await probe.raw();
    const how = end ? `the connection ended (${end.how}${end.code ? ` ${end.code}` : ''})` : 'it was lost';
    return fail(`"${FORBIDDEN}" echoed, as "${PERMITTED}" was`, how, {
      measured: { content: 'blocked' },
      blame: probe.suspect(),
    });
  },
} satisfies Check;

async function comesBack(peer: Peer, text: string, withinMs: number): Promise<boolean> {
  peer.send(frame({ opcode: 'text', payload: text, mask: true }));
  const came = await peer.until(endsMessage(Buffer.from(text)), withinMs);
  return came !== undefined;
}
