import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { ENOUGH_KEYS, weaknessOf } from '../masking/keys.js';
import { pongsOf } from './pongs.js';
import { blame } from './shown.js';

export default {
  title: 'The client takes a fresh, unpredictable masking key for every frame',
  requirement:
    'A client MUST pick a fresh masking key from the set of allowed 32-bit values, and the masking key needs to be unpredictable; thus, it MUST be derived from a strong source of entropy, and the masking key for a given frame MUST NOT make it simple for a server/proxy to predict the masking key for a subsequent frame.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-338',
  refs: ['RFC 6455 §5.3', 'RFC 6455 §10.3'],
  why: 'Who knows the next key chooses the octets on the wire, and with them what a proxy in between takes for a request.',
  remedy: "Draw four octets from the system's cryptographic generator for each frame.",
  async run(probe) {
    const frames = await pongsOf(probe, ENOUGH_KEYS);
    if (typeof frames === 'string') return skip(frames);
    const measured = { frames: frames.length };
    if (frames.some(({ mask }) => !mask))
      return fail('a masking key in every frame', 'the client does not mask', { blame, measured });
    const weakness = weaknessOf(frames.map(({ mask }) => mask!));
    if (weakness) return fail('keys that tell nothing of one another', weakness, { blame, measured });
    return pass(`${frames.length} keys, and nothing to be seen in them`, { measured });
  },
} satisfies Check;
