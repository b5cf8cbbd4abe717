import type { Check } from '../../harness/model.js';
import { refuses } from './refuses.js';
import { numbersOf, ORDINARY } from './suites.js';

export default {
  title: 'Sessions of TLS 1.2 are bound to their whole handshake',
  requirement:
    'Both client and server implementations MUST use the Extended Master Secret extension where TLS 1.2 is used.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-300',
  refs: ['RFC 7627 §5.2', 'RFC 9325 §3.5'],
  judges: 'endpoint',
  why: 'Without it two sessions can share their secrets, and an attacker between them passes a renegotiation or a client’s certificate from one to the other (triple handshake).',
  remedy: 'Use a TLS library of this side of 2016.',
  run: (probe) =>
    refuses(probe, {
      offer: { suites: numbersOf(ORDINARY) },
      what: 'a session without the extended master secret',
      taken: ({ hello }) =>
        hello && !hello.extensions.includes(23) ? 'a session without extended_master_secret' : undefined,
      verdict: 'warn',
    }),
} satisfies Check;
