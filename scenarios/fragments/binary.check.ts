import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { besides, messageFrom, parting, pattern } from '../limits/sizes.js';

const OCTETS = 300;
const WHOLE = pattern(OCTETS, 'binary');

export default {
  title: 'A binary message in fragments is put together',
  requirement:
    'A fragmented message is conceptually equivalent to a single larger message whose payload is equal to the concatenation of the payloads of the fragments in order.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.4'],
  judges: 'endpoint',
  why: 'Streams and browsers send large messages in fragments; an endpoint that takes each for a message of its own hands the application pieces.',
  remedy: 'Put the payloads together until FIN, and hand on the whole.',
  async run(probe) {
    const parts = [0, 100, 200].map((from, i) =>
      frame({
        opcode: i === 0 ? 'binary' : 'continuation',
        fin: i === 2,
        payload: WHOLE.subarray(from, from + 100),
        mask: true,
      }),
    );
    const echoes = async (frames: readonly Uint8Array[], whole: Uint8Array) => {
      const peer = await probe.meet();
      for (const octets of frames) peer.send(octets);
      return messageFrom(peer, probe.patience.answerMs, besides(probe, whole));
    };
    if ((await probe.acquaintance()).again !== 'echo')
      return skip('it takes an endpoint that echoes, and this one does not');
    const part = WHOLE.subarray(0, 100);
    const { payload } = await echoes([frame({ opcode: 'binary', payload: part, mask: true })], part);
    if (!payload || parting(part, payload) !== undefined)
      return skip('the same in one frame does not come back either');
    const came = await echoes(parts, WHOLE);
    const expected = `the ${OCTETS} octets, put together`;
    const blame = probe.suspect();
    if (!came.payload)
      return fail(expected, came.end ? `the connection ended (${came.end})` : 'nothing came back', { blame });
    const wrong = parting(WHOLE, came.payload);
    return wrong === undefined
      ? pass('three fragments came back as one message')
      : fail(expected, wrong, { blame });
  },
} satisfies Check;
