import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { answeredBy, isAnswered, NEITHER } from './answered.js';

/** With all that can be wrong in two octets, so that whoever looks at anything finds something. */
const WRONG = frame({ opcode: 15, rsv: 7, payload: 'wrong', mask: true });

export default {
  title: 'What comes behind a protocol error is not processed',
  requirement:
    'An endpoint MUST NOT continue to attempt to process data (including a responding Close frame) from the remote endpoint after being instructed to Fail the WebSocket Connection.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-754',
  refs: ['RFC 6455 §7.1.7'],
  judges: 'endpoint',
  why: 'After an error nobody knows where frames begin: what is read on as frames may be payload that an attacker chose. It is also acted on for a connection that has been told off.',
  remedy: 'Stop reading when you close over an error, and throw away what is in the buffer.',
  async run(probe) {
    const answered = await answeredBy(probe);
    if (!answered) return skip(NEITHER);
    const peer = await probe.meet();
    const payload = Buffer.from('behind the error');
    peer.send(Buffer.concat([WRONG, answered.of(payload)]));
    const heeded = await isAnswered(probe, peer, answered, payload);
    const end = await peer.farewell(0);
    if (heeded && end) {
      const actual = `a frame behind the error was answered (${answered.what})`;
      return fail('nothing is processed after the error', actual, { blame: probe.suspect() });
    }
    if (heeded)
      return skip(
        'the frame that is wrong does not end the connection here; see the other checks of framing',
      );
    if (!end) return skip('after the frame that is wrong nothing is answered, and the connection stays open');
    return pass('the connection ended, and what came behind the error was not answered');
  },
} satisfies Check;
