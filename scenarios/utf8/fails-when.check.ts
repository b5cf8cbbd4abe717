import type { Check, Peer } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, info, skip } from '../../harness/verdict.js';
import { common } from './not-utf8.js';

export default {
  ...common,
  title: 'When a text that is not UTF-8 is found out',
  severity: 'info',
  kind: 'conformance',
  refs: ['RFC 6455 §8.1', 'RFC 6455 §5.6'],
  why: 'Who looks at a text only when it is whole keeps what is wrong with it from the start in memory until then. Both are allowed.',
  async run(probe) {
    const begins = (peer: Peer, payload: Uint8Array) =>
      peer.send(frame({ opcode: 'text', fin: false, payload, mask: true }));
    const ends = (peer: Peer) => peer.send(frame({ opcode: 'continuation', payload: 'end', mask: true }));
    const [bystander, control, peer] = await Promise.all([probe.meet(), probe.meet(), probe.meet()]);
    begins(control, Buffer.from('right '));
    ends(control);
    if (!(await probe.lives(control))) return skip('texts in fragments end connections here');
    begins(peer, Buffer.from('77726f6e67ff', 'hex'));
    const early = await peer.farewell(probe.patience.answerMs);
    if (!early) ends(peer);
    if (!early && (await probe.lives(peer)))
      return fail('close 1007', 'the connection went on after it', {
        severity: 'medium',
        blame: probe.suspect(),
      });
    const end = early ?? (await peer.farewell(0));
    if (!end)
      return skip('nothing is answered after a text that is not UTF-8, and the connection stays open');
    if (!(await probe.lives(bystander))) return skip('connections end here by themselves');
    const found = early ? 'with the fragment that is wrong' : 'at the end of the message';
    return info(`it is found out ${found}`, { early: early !== undefined });
  },
} satisfies Check;
