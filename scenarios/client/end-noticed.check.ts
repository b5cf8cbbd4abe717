import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { afterOpening, blame } from './shown.js';

export default {
  title: 'The client lets go of a connection that ended without a Close frame',
  requirement:
    'If at any point the underlying transport layer connection is unexpectedly lost, the client MUST Fail the WebSocket Connection.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-772',
  refs: ['RFC 6455 §7.1.7', 'RFC 6455 §7.2.1'],
  why: 'A client that keeps its half of the connection believes itself connected: it sends into the void, and does not reconnect.',
  remedy: 'End the socket when the other side has, and report 1006.',
  async run(probe) {
    const { answerMs } = probe.patience;
    if ((await probe.habits()).quitMs !== undefined)
      return skip('the client leaves by itself, before the server does');
    await using caught = await probe.lure({ serve: afterOpening(probe, (visit) => visit.end()) });
    const { visit } = caught;
    if (!visit) return skip('the client did not come');
    if (await visit.gone(answerMs)) return pass('it ended its side as well');
    return fail('the client ends its side as well', `its side is still open ${answerMs} ms later`, { blame });
  },
} satisfies Check;
