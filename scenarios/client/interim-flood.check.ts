import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { blame } from './shown.js';

const MOST = 20_000;
const INTERIM = 'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n';

export default {
  title: 'The client gives up an answer that is preceded by endless interim ones',
  requirement: 'A client that takes interim (1xx) responses bounds how many, or for how long.',
  severity: 'medium',
  kind: 'hardening',
  judges: 'client',
  lures: true,
  cwe: 'CWE-770',
  refs: ['RFC 9110 §15.2', 'RFC 6455 §10.4'],
  why: 'The handshake never ends, whatever limit there is on the head of an answer, and the timer of many clients starts anew with each.',
  remedy: 'Keep one deadline over the whole handshake, and take a handful of interim answers.',
  async run(probe) {
    let sent = 0;
    await using caught = await probe.lure({
      async serve(visit) {
        while (sent < MOST && !(await visit.gone(0))) {
          visit.send(INTERIM.repeat(500));
          sent += 500;
          if (!(await visit.drained(2000))) break;
        }
        await visit.gone(300);
      },
    });
    const { visit } = caught;
    if (!visit) return skip('the client did not come');
    const measured = { interim: sent };
    const crash = await caught.crash(0);
    if (crash !== undefined)
      return fail('the connection given up', `it ${crash} after ${sent} interim answers`, {
        blame,
        measured,
      });
    if (await visit.gone(0)) return pass(`gave up within ${sent} interim answers`, { measured });
    return warn(`still reading after ${sent} interim answers`, {
      expected: 'the connection given up',
      blame,
      measured,
    });
  },
} satisfies Check;
