import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { ENOUGH_KEYS, weaknessOf } from './keys.js';
import { dataFrames, keysPass, openSeen } from './seen-frames.js';

export default {
  title: 'The client takes a fresh, unpredictable masking key for every frame',
  requirement:
    'A client MUST pick a fresh masking key from the set of allowed 32-bit values, and the masking key needs to be unpredictable; thus, it MUST be derived from a strong source of entropy, and the masking key for a given frame MUST NOT make it simple for a server/proxy to predict the masking key for a subsequent frame.',
  severity: 'high',
  judges: 'client',
  cwe: 'CWE-338',
  refs: ['RFC 6455 §5.3', 'RFC 6455 §10.3'],
  why: 'Who knows the next key chooses the octets on the wire, and with them what a proxy in between takes for a request.',
  remedy: 'Draw four octets from the system’s cryptographic generator for each frame.',
  async run(probe) {
    if (!probe.ours) return skip('it takes the origin’s view, and this origin is not ours');
    if (!(await keysPass(probe)))
      return skip('a hop opens and masks frames anew here, so the client’s keys cannot be seen');
    const opened = await openSeen(probe);
    if ('why' in opened) return skip(opened.why);
    const { session, seen } = opened;
    for (let n = 0; n < ENOUGH_KEYS; n++) session.send(`message ${n}`);
    const frames = await dataFrames(probe, seen, ENOUGH_KEYS);
    if (frames.some(({ mask }) => !mask)) {
      return fail('a masking key in every frame', 'the client does not mask', { blame: 'client' });
    }
    if (frames.length < ENOUGH_KEYS)
      return skip(`only ${frames.length} of ${ENOUGH_KEYS} messages came to the origin`);
    const measured = { frames: frames.length };
    const weakness = weaknessOf(frames.map(({ mask }) => mask!));
    if (weakness)
      return fail('keys that tell nothing of one another', weakness, { measured, blame: 'client' });
    return pass(`${frames.length} keys, and nothing to be seen in them`, { measured });
  },
} satisfies Check;
