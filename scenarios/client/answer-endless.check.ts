import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { blame } from './shown.js';

/** What is in flight when the client gives up is sent in vain. */
const MOST = 1024 * 1024;
const LEAST = 320 * 1024;
const LINES = `X-Gauntlet: ${'a'.repeat(1000)}\r\n`.repeat(16);

export default {
  title: 'The client gives up an answer whose head does not end',
  requirement:
    'Recipients limit the length of a status line, of each field and of all of them, and give up beyond it.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-770',
  refs: ['RFC 9112 §3', 'RFC 9110 §5.4', 'RFC 6455 §10.4'],
  why: "A server, or whoever answers in its place, fills the client's memory before the handshake is over: no limit on messages holds yet.",
  remedy: 'Limit the head of the answer (maxHeaderSize of Node.js is 16 KiB).',
  async run(probe) {
    let sent = 0;
    await using caught = await probe.lure({
      async serve(visit) {
        visit.send('HTTP/1.1 101 Switching Protocols\r\n');
        while (sent < MOST && !(await visit.gone(0))) {
          visit.send(LINES);
          sent += LINES.length;
          if (!(await visit.drained(2000))) break;
        }
        await visit.gone(probe.patience.answerMs);
      },
    });
    const { visit } = caught;
    if (!visit) return skip('the client did not come');
    const measured = { sentOctets: sent };
    if ((await visit.gone(0)) && sent > LEAST)
      return warn(`gave up after ${Math.round(sent / 1024)} KiB`, {
        expected: 'the connection given up within 256 KiB',
        blame,
        measured,
      });
    if (await visit.gone(0)) return pass(`gave up within ${Math.round(sent / 1024)} KiB`, { measured });
    const crash = await caught.crash(0);
    const took = crash === undefined ? 'it is still reading' : `it ${crash}`;
    return fail('the connection given up within 256 KiB', `${took} after ${Math.round(sent / 1024)} KiB`, {
      blame,
      measured,
    });
  },
} satisfies Check;
