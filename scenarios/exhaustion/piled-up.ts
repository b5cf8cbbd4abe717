import type { Verdict } from '../../harness/model.js';
import { pass, warn } from '../../harness/verdict.js';
import type { Poured } from './unread.js';

const MIB = 1024 * 1024;
const mib = (octets: number): string => `${(octets / MIB).toFixed(1)} MiB`;

/** Judges whether answers that nobody reads pile up in a server. */
export function mustNotPileUp(what: string, poured: Poured): Verdict {
  const measured = { takenOctets: poured.sent, outcome: poured.became };
  switch (poured.became) {
    case 'stopped':
      return pass(`it stopped reading ${what} after ${mib(poured.sent)}, while the answers were not read`, {
        measured,
      });
    case 'ended':
      return pass(
        `it ended the connection after ${mib(poured.sent)} of ${what}, while the answers were not read`,
        { measured },
      );
    case 'taken': {
      const more = { ...measured, backOctets: poured.back };
      if (!poured.kept)
        return pass(
          `it took ${mib(poured.sent)} of ${what} and did not keep all the answers that were not read`,
          { measured: more },
        );
      const actual = `it took ${mib(poured.sent)} of ${what} and kept the answers (${mib(poured.back)}), though nobody read them`;
      return warn(actual, {
        measured: more,
        actual,
        expected: 'a server that stops reading, drops what waits, or ends the connection',
      });
    }
  }
}
