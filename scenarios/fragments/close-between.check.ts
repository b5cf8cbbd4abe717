import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { answerTo, closing } from '../closing/answered.js';
import { wordFor } from '../judging/word.js';

export default {
  title: 'A Close between fragments is answered',
  requirement: 'Control frames MAY be injected in the middle of a fragmented message.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-404',
  refs: ['RFC 6455 §5.4', 'RFC 6455 §5.5.1'],
  judges: 'endpoint',
  why: 'Uploads are called off. A server that waits for the rest of the message first holds what it has of it for as long as the connection.',
  remedy: 'Heed a Close as soon as it comes, and throw the unfinished message away.',
  async run(probe) {
    const [control, peer] = await Promise.all([probe.meet(), probe.meet()]);
    if (!(await answerTo(probe, control, closing(1000))))
      return skip('a Close is not answered here; see closing/answered');
    peer.send(frame({ opcode: 'text', payload: wordFor(probe), fin: false, mask: true }));
    const answer = await answerTo(probe, peer, closing(1000));
    const expected = 'a Close with 1000 in answer';
    if (!answer) return fail(expected, 'the Close was not answered', { blame: probe.suspect() });
    if (answer.end.how !== 'close')
      return warn('the connection ended without a Close in answer', { expected });
    if (answer.code === 1000 || answer.code === undefined) return pass('answered at once');
    return fail(expected, `close ${answer.code}`, { blame: probe.suspect() });
  },
} satisfies Check;
