import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { deflated } from '../framing/rsv.js';
import { survivalConnections, survived } from '../judging/survival.js';
import { blast, bomb, CORRUPT, inFrames } from './bombs.js';

const MEBIBYTES = 16;

export default {
  title: 'A compressed message that is too large and then corrupt does no harm',
  requirement: 'A server handles every error of a stream that it has given up on.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-248',
  refs: ['RFC 7692 §7.2.2', 'RFC 7692 §8'],
  judges: 'endpoint',
  why: 'The first error (too large) takes the listeners off the stream; the second (corrupt) then finds nobody to handle it, and the process ends.',
  remedy: 'Leave a listener for errors on a stream until it is closed.',
  reach: 'crash',
  budget: { connections: survivalConnections(2) + 4, octets: 512 * 1024, seconds: 60 },
  async run(probe) {
    const meeting = await deflated(probe);
    if (typeof meeting === 'string') return skip(meeting);
    const octets = inFrames(Buffer.concat([bomb(MEBIBYTES), Buffer.of(0, 0, 0xff, 0xff), CORRUPT]));
    return survived(probe, async () => {
      const seen = await blast(probe, meeting, octets);
      if (seen.became === 'ended') return pass('the connection ended, and the server goes on');
      const what = seen.became === 'silent' ? 'stayed open, in silence' : 'went on';
      return fail('the connection ends', `the connection ${what}`, { severity: 'medium' });
    });
  },
} satisfies Check;
