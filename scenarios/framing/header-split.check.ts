import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { answeredBy, isAnswered, NEITHER } from './answered.js';

/** Between octets, so that each is likely to be read by itself. */
const PAUSE_MS = 2;

export default {
  title: 'A frame that comes octet by octet is read',
  requirement: 'Frames are not segments: a frame may come in as many pieces as the network likes.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-362',
  refs: ['RFC 6455 §5.2', 'RFC 9293 §3.7'],
  judges: 'endpoint',
  why: 'A reader that expects a header to come whole loses its place when a slow or hostile client sends it in pieces, and takes payload for headers from then on.',
  remedy: 'Read frames from a buffer to which octets are added as they come.',
  async run(probe) {
    const answered = await answeredBy(probe);
    if (!answered) return skip(NEITHER);
    const peer = await probe.meet();
    const payload = Buffer.from('in single octets');
    for (const octet of answered.of(payload)) {
      peer.send(Uint8Array.of(octet));
      await probe.wait(PAUSE_MS);
    }
    if (await isAnswered(probe, peer, answered, payload)) return pass('it was read, and answered');
    const actual = peer.open ? 'it was not answered' : 'the connection ended';
    return fail('an answer to the frame', actual, { blame: probe.suspect() });
  },
} satisfies Check;
