import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { pongsOf } from './pongs.js';
import { blame } from './shown.js';

export default {
  title: 'The client masks over TLS as well',
  requirement: 'Note that masking is done whether or not the WebSocket Protocol is running over TLS.',
  severity: 'medium',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.1'],
  why: 'Proxies that end TLS see the octets as they are; and servers that keep to the standard close the connection.',
  remedy: 'Mask every frame, whatever carries it.',
  async run(probe) {
    const frames = await pongsOf(probe, 8, { certificate: 'good' });
    if (typeof frames === 'string') return skip(frames);
    const bare = frames.filter(({ mask }) => !mask).length;
    if (bare > 0)
      return fail('every frame masked', `${bare} of ${frames.length} frames without a mask over TLS`, {
        blame,
      });
    return pass(`${frames.length} frames, all masked`);
  },
} satisfies Check;
