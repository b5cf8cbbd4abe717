import type { Check, DialOptions, Probe } from '../../harness/model.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { compare } from './samples.js';
import { strangersOf } from './users.js';

/** Of each kind. */
const SAMPLES = 20;

export default {
  title: 'A wrong password and a wrong user are refused in the same time',
  requirement: 'The time of a refusal does not say which part of the credentials was wrong.',
  severity: 'low',
  kind: 'vulnerability',
  cwe: 'CWE-208',
  refs: ['CVE-2021-33880', 'RFC 9110 §11.4'],
  judges: 'endpoint',
  why: 'Where the hash of the password is only worked out for users that there are, the time of the answer says which there are.',
  remedy: 'Work out a hash for unknown users too, and compare in constant time.',
  fixes: { node: 'crypto.timingSafeEqual(hash(given), user ? user.hash : DUMMY_HASH)' },
  // Forty wrong passwords, half of them of a real user, may lock an account.
  reach: 'intrusive',
  budget: { connections: 2 * SAMPLES + 2, seconds: 60 },
  async run(probe) {
    const strangers = strangersOf(probe);
    if (!strangers) return skip('no credentials of HTTP Basic are given; give them with --basic');
    await probe.acquaintance();
    const known: number[] = [];
    const unknown: number[] = [];
    for (let count = 0; count < SAMPLES; count++) {
      // In turn, so that what slows the server down for a while slows both down.
      const [a, b] = [await timed(probe, strangers.known), await timed(probe, strangers.unknown)];
      if (a === undefined || b === undefined)
        return skip(
          `after ${2 * count} wrong passwords they are no longer refused with an answer of the same kind`,
        );
      known.push(a);
      unknown.push(b);
    }
    const { ratio, apart, medians } = compare(known, unknown);
    const measured = { knownMs: medians[0], unknownMs: medians[1], apart };
    const told = `a known user takes ${medians[0]} ms, an unknown one ${medians[1]} ms (medians of ${SAMPLES})`;
    if (ratio >= 1.5 && apart >= 0.95)
      return warn(told, { measured, expected: 'times that do not tell them apart' });
    return pass(told, { measured });
  },
} satisfies Check;

/** ms to a refusal with 401 or 403. */
async function timed(probe: Probe, options: DialOptions): Promise<number | undefined> {
  await using made = await probe.dial(options);
  const { status } = made.answer ?? {};
  return status === 401 || status === 403 ? made.answeredMs : undefined;
}
