import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { endTold } from '../judging/end.js';

const ALL = Uint8Array.from({ length: 256 }, (_, i) => i);

export default {
  title: 'A binary message may be of any octets',
  requirement:
    'The “Payload data” of a binary frame is arbitrary binary data whose interpretation is solely up to the application layer.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-176',
  refs: ['RFC 6455 §5.6'],
  judges: 'endpoint',
  why: 'Who checks binary messages for UTF-8 ends connections over pictures and compressed data.',
  remedy: 'Check the UTF-8 of text messages alone.',
  async run(probe) {
    const [bystander, control, peer] = await Promise.all([probe.meet(), probe.meet(), probe.meet()]);
    control.send(frame({ opcode: 'binary', payload: 'a text', mask: true }));
    if (!(await probe.lives(control))) return skip('binary messages end connections here, whatever they say');
    peer.send(frame({ opcode: 'binary', payload: ALL, mask: true }));
    if (await probe.lives(peer)) return pass('the connection went on after all 256 octets');
    const end = await peer.farewell(0);
    if (!(await probe.lives(bystander))) return skip('connections end here by themselves');
    const actual = end ? `the connection ended: ${endTold(end)}` : 'nothing is answered any more';
    return fail('the connection goes on', actual, { blame: probe.suspect() });
  },
} satisfies Check;
