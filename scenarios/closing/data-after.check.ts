import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { answeredBy, isAnswered, NEITHER } from '../framing/answered.js';
import { closing } from './answered.js';

export default {
  title: 'What comes behind a Close is not processed',
  requirement:
    'After receiving a control frame indicating the connection should be closed, a peer discards any further data received.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-672',
  refs: ['RFC 6455 §1.4', 'RFC 6455 §5.5.1'],
  judges: 'endpoint',
  why: 'With the Close a session is taken down: what is still heeded behind it acts for a user who is logged out, on things that were given back.',
  remedy: 'Stop reading at the Close, and throw away what is in the buffer.',
  async run(probe) {
    const answered = await answeredBy(probe);
    if (!answered) return skip(NEITHER);
    const peer = await probe.meet();
    const payload = Buffer.from('behind the Close');
    peer.send(Buffer.concat([closing(1000), answered.of(payload)]));
    const heeded = await isAnswered(probe, peer, answered, payload);
    if (heeded)
      return fail(
        'nothing behind the Close is processed',
        `a frame behind it was answered (${answered.what})`,
        {
          blame: probe.suspect(),
        },
      );
    if (!(await peer.farewell(0))) return skip('a Close is not answered here; see closing/answered');
    return pass('what came behind the Close was not answered');
  },
} satisfies Check;
