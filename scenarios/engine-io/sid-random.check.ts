import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { atEngineIo, openIn, said, session } from './recognised.js';
import { bitsOf } from './sid-bits.js';

const SESSIONS = 8;
const LEAST_BITS = 64;

export default {
  title: 'The session ids of an Engine.IO server cannot be guessed',
  requirement: 'A session id that lets its bearer into a session has at least 64 bits of entropy.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-340',
  refs: [
    'https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-id-entropy',
  ],
  judges: 'endpoint',
  budget: { connections: 2 * SESSIONS },
  why: 'Whoever knows the sid of somebody’s session may send in their name, take what is meant for them, and end it.',
  remedy:
    'Make ids of at least 16 octets of a cryptographic random source, as Engine.IO’s own generateId does.',
  run: (probe) =>
    atEngineIo(probe, async (endpoint) => {
      const opened = async () => {
        if (endpoint.polling) return session(probe, endpoint);
        const { peer } = await probe.dial();
        const first = await peer?.until((one) => openIn(said(one)) !== undefined, probe.patience.answerMs);
        await peer?.[Symbol.asyncDispose]();
        return first && openIn(said(first));
      };
      const sids: string[] = [];
      for (let i = 0; i < SESSIONS; i++) {
        const open = await opened();
        if (open) sids.push(open.sid);
      }
      if (sids.length < 5) return skip(`only ${sids.length} of ${SESSIONS} sessions were given`);
      const bits = bitsOf(sids);
      const measured = { bits, sessions: sids.length };
      if (new Set(sids).size < sids.length)
        return fail('a new id for each session', 'the same id twice', { measured });
      return bits < LEAST_BITS
        ? fail(
            `${LEAST_BITS} bits that differ`,
            `at most ${bits} bits differ, as in ${sids[0]} and ${sids[1]}`,
            { measured },
          )
        : pass(`up to ${bits} bits differ between ${sids.length} ids`, { measured });
    }),
} satisfies Check;
