import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { blame } from './shown.js';

const HELD_MS = 600;

export default {
  title: 'The client sends nothing before the 101 is there',
  requirement:
    'Once the client has sent its opening handshake, the client MUST wait for a response from the server before sending any further data.',
  severity: 'medium',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-362',
  refs: ['RFC 6455 §4.1'],
  why: 'What is sent before is read by whatever answers: a proxy or a server that refuses the upgrade takes frames, whose payload somebody else may choose, for the next request.',
  remedy: 'Queue messages until the handshake is over.',
  async run(probe) {
    const { speaks } = await probe.habits();
    let early = 0;
    await using caught = await probe.lure({
      async serve(visit) {
        await visit.ended(HELD_MS);
        early = visit.count;
        visit.accept();
      },
    });
    if (!caught.visit) return skip('the client did not come');
    if (early > 0) return fail('no octets before the answer', `${early} octets before the answer`, { blame });
    if (!speaks) return skip('the client sends nothing by itself, before the answer or after it');
    return pass(`nothing in ${HELD_MS} ms without an answer`);
  },
} satisfies Check;
