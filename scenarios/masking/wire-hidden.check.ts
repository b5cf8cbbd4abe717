import { randomBytes } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { dataFrames, keysPass, openSeen } from './seen-frames.js';

const TIMES = 32;
/** Shorter runs may come by chance, and serve an attacker little. */
const RUN = 16;

export default {
  title: 'What an application sends is not seen on the wire as it is',
  requirement:
    'A client MUST mask all frames that it sends: the octets on the wire cannot be chosen by who chooses the payload.',
  severity: 'high',
  cwe: 'CWE-444',
  refs: ['RFC 6455 §5.1', 'RFC 6455 §10.3'],
  why: 'An attacker’s script may choose every message. If its octets show on the wire, a proxy that looks for HTTP in them finds a request of the attacker’s.',
  remedy: 'Mask every frame with a key that is not zero and that the application cannot know beforehand.',
  async run(probe) {
    if (!probe.ours) return skip('it takes the origin’s view, and this origin is not ours');
    const passed = await keysPass(probe);
    const opened = await openSeen(probe);
    if ('why' in opened) return skip(opened.why);
    const { session, seen } = opened;
    const mark = Buffer.from(
      `GET /${randomBytes(8).toString('hex')} HTTP/1.1\r\nHost: victim.example\r\n\r\n`,
    );
    for (let n = 0; n < TIMES; n++) session.send(mark.toString());
    const frames = await dataFrames(probe, seen, TIMES);
    const shown = runIn(mark, seen.raw);
    const measured = { messages: frames.length };
    if (shown !== undefined) {
      return fail('none of its octets in a row', `${RUN} octets in a row, from "${shown}" on`, {
        measured,
        blame: passed ? 'client' : probe.suspect(),
      });
    }
    if (!passed)
      return skip(
        'a hop opens and masks frames anew here, so what the client puts on the wire cannot be seen',
      );
    if (frames.length < TIMES) return skip(`only ${frames.length} of ${TIMES} messages came to the origin`);
    return pass(`not in ${seen.raw.length} octets of ${frames.length} messages`, { measured });
  },
} satisfies Check;

/** The first words of the first run of the mark's octets that shows. */
function runIn(mark: Buffer, wire: Uint8Array): string | undefined {
  const octets = Buffer.from(wire);
  for (let at = 0; at + RUN <= mark.length; at++) {
    const run = mark.subarray(at, at + RUN);
    if (octets.includes(run)) return JSON.stringify(run.toString()).slice(1, -1);
  }
  return undefined;
}
