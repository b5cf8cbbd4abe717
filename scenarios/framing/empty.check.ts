import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { endTold } from '../judging/end.js';

const KINDS = ['text', 'binary'] as const;
/** What an application says that has no use for a message. */
const POLICY = [1000, 1003, 1007, 1008];

export default {
  title: 'An empty message does no harm',
  requirement: 'The payload length of a message may be zero.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.2', 'RFC 6455 §5.6'],
  judges: 'endpoint',
  why: 'Handlers that look at the first octet of a message, or parse it, without asking whether it has one, fail over it: the connection is lost, or more.',
  remedy: 'Take a message of no octets like any other, and answer nonsense by a message of your own.',
  budget: { atOnce: 6 },
  async run(probe) {
    const said: string[] = [];
    for (const kind of KINDS) {
      const [bystander, control, peer] = await Promise.all([probe.meet(), probe.meet(), probe.meet()]);
      control.send(frame({ opcode: kind, payload: 'a', mask: true }));
      if (!(await probe.lives(control))) continue;
      peer.send(frame({ opcode: kind, mask: true }));
      if (await probe.lives(peer)) {
        said.push(kind);
        continue;
      }
      const end = await peer.farewell(0);
      const blame = probe.suspect();
      const expected = 'the connection goes on';
      if (!end)
        return fail(expected, `after an empty ${kind} message nothing is answered any more`, { blame });
      if (!(await probe.lives(bystander))) return skip('connections end here by themselves');
      const actual = `an empty ${kind} message ended the connection: ${endTold(end)}`;
      if (end.code !== undefined && (POLICY.includes(end.code) || end.code >= 3000))
        return warn(actual, { expected, actual });
      return fail(expected, actual, { blame });
    }
    if (said.length === 0) return skip('messages of one octet, text or binary, end connections here as well');
    return pass(`the connection went on after an empty message (${said.join(', ')})`);
  },
} satisfies Check;
