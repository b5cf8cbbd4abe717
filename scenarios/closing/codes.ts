import type { Probe, Verdict } from '../../harness/model.js';
import { answersEach, closing } from './answered.js';

/** Judges that codes which may not be in a Close frame are objected to. */
export const mustRefuseCodes = (probe: Probe, codes: readonly number[]): Promise<Verdict> =>
  answersEach(
    probe,
    codes.map((code) => ({ name: `a Close with ${code}`, send: closing(code, 'bye'), codes: [1002] })),
  );

/** What these checks have in common. */
export const common = {
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  judges: 'endpoint',
  why: 'Applications act on codes, and take one that may not be sent for what it means locally: no code came, the connection was lost, TLS failed.',
  remedy: 'Close with 1002 over a code that may not be in a Close frame.',
} as const;
