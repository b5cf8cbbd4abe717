import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { endTold } from '../judging/end.js';

export default {
  title: 'A pong that nobody asked for is passed over',
  requirement:
    'A Pong frame MAY be sent unsolicited. A response to an unsolicited Pong frame is not expected.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.5.3'],
  judges: 'endpoint',
  why: 'Internet Explorer, .NET and others keep connections alive by pongs alone; a server that ends those loses their users after the first silence.',
  remedy: 'Pass over pongs that no ping was sent for.',
  async run(probe) {
    const bystander = await probe.meet();
    const peer = await probe.meet();
    for (const payload of ['', 'unasked']) peer.send(frame({ opcode: 'pong', payload, mask: true }));
    if (await probe.lives(peer)) return pass('the connection went on');
    const end = await peer.farewell(0);
    if (!(await probe.lives(bystander))) return skip('connections end here by themselves');
    const actual = end ? `the connection ended: ${endTold(end)}` : 'nothing is answered any more';
    return fail('the connection goes on', actual, { blame: probe.suspect() });
  },
} satisfies Check;
