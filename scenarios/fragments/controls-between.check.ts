import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { endTold } from '../judging/end.js';
import { wordFor } from '../judging/word.js';

export default {
  title: 'Control frames between fragments are heeded, and do the message no harm',
  requirement:
    'Control frames MAY be injected in the middle of a fragmented message. An endpoint MUST be capable of handling control frames in the middle of a fragmented message.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.4', 'RFC 6455 §5.5'],
  judges: 'endpoint',
  why: 'Pings come when they come. A server that ends the connection, or answers when the message is whole, loses clients that send something large.',
  remedy: 'Handle control frames as they come, apart from the message that is being put together.',
  async run(probe) {
    const word = Buffer.from(wordFor(probe));
    const parts = [word.subarray(0, 1), word.subarray(1, 2), word.subarray(2)];
    const fragments = parts.map((payload, i) =>
      frame({ opcode: i === 0 ? 'text' : 'continuation', fin: i === 2, payload, mask: true }),
    );
    const [bystander, control, peer] = await Promise.all([probe.meet(), probe.meet(), probe.meet()]);
    for (const fragment of fragments) control.send(fragment);
    if (!(await probe.lives(control))) return skip('a message in fragments ends the connection here anyway');
    const { pongs } = await probe.acquaintance();
    const blame = probe.suspect();
    peer.send(fragments[0]!);
    peer.send(frame({ opcode: 'ping', payload: 'between', mask: true }));
    if (pongs) {
      const pong = await peer.until(({ opcode }) => opcode === 10, probe.patience.answerMs);
      if (!pong && peer.open) return fail('a pong before the message is whole', 'no pong', { blame });
    }
    peer.send(fragments[1]!);
    peer.send(frame({ opcode: 'pong', payload: 'unasked', mask: true }));
    peer.send(fragments[2]!);
    if (await probe.lives(peer)) return pass(pongs ? 'a pong came in between' : 'the connection went on');
    const end = await peer.farewell(0);
    if (!(await probe.lives(bystander))) return skip('connections end here by themselves');
    const actual = end ? `the connection ended: ${endTold(end)}` : 'nothing is answered any more';
    return fail('the connection goes on', actual, { blame });
  },
} satisfies Check;
