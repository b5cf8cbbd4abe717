import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { info, skip, warn } from '../../harness/verdict.js';
import { wordFor } from '../judging/word.js';

export default {
  title: 'What becomes of a frame whose masking key is zero',
  requirement: 'The masking key needs to be unpredictable; a receiver has no means to tell whether it is.',
  severity: 'info',
  kind: 'conformance',
  cwe: 'CWE-330',
  refs: ['RFC 6455 §5.3', 'RFC 6455 §10.3'],
  judges: 'endpoint',
  why: 'With a key of zero the payload stands on the wire as it is, which is what masking is there to prevent. The rule binds clients; servers take any key.',
  remedy: 'Nothing at the server. Have clients draw each key from a strong source.',
  async run(probe) {
    const text = (mask: Uint8Array | true) => frame({ opcode: 'text', payload: wordFor(probe), mask });
    const control = await probe.meet();
    control.send(text(true));
    if (!(await probe.lives(control))) return skip('connections end here over the same with another key');
    const peer = await probe.meet();
    peer.send(text(new Uint8Array(4)));
    if (await probe.lives(peer))
      return info('a frame with a masking key of zero is taken, as the standard has it');
    return warn('a frame with a masking key of zero ends the connection, though it may come by chance');
  },
} satisfies Check;
