import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { pongsOf } from './pongs.js';
import { blame } from './shown.js';

const TIMES = 32;
/** Shorter runs may come by chance, and serve an attacker little. */
const RUN = 16;

export default {
  title: 'What a server chooses is not seen in what the client sends',
  requirement:
    'A client MUST mask all frames that it sends: the octets on the wire cannot be chosen by who chooses the payload.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-444',
  refs: ['RFC 6455 §5.1', 'RFC 6455 §10.3'],
  why: "A pong carries what the ping did. If it goes out as it is, a hostile server and a page of its own write requests to a proxy in between, in the client's name.",
  remedy: 'Mask every frame, pongs too, with a key that is not zero and that nobody can know beforehand.',
  async run(probe) {
    const request = 'GET /gauntlet HTTP/1.1\r\nHost: victim.example\r\nX: 0123456789\r\n\r\n';
    const payload = Buffer.from(request);
    let wire: Uint8Array = new Uint8Array(0);
    const frames = await pongsOf(probe, TIMES, {
      payload: (n) => Buffer.from(`${request}${n}`),
      after(visit) {
        wire = visit.wire;
      },
    });
    if (typeof frames === 'string') return skip(frames);
    const octets = Buffer.from(wire);
    for (let at = 0; at + RUN <= payload.length; at++) {
      const run = payload.subarray(at, at + RUN);
      if (octets.includes(run))
        return fail(
          'none of its octets in a row',
          `${RUN} octets in a row, from ${JSON.stringify(run.toString())} on`,
          { blame },
        );
    }
    return pass(`not in ${octets.length} octets of ${frames.length} pongs`);
  },
} satisfies Check;
