import type { Check } from '../../harness/model.js';
import { refuses } from './refuses.js';
import { numbersOf, ORDINARY } from './suites.js';

export default {
  title: 'Renegotiation is bound to the connection that it happens on',
  requirement:
    'If the SCSV or the renegotiation_info extension was received, the server MUST include an empty renegotiation_info extension in the ServerHello message.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-300',
  refs: ['RFC 5746 §3.6', 'RFC 9325 §3.5', 'CVE-2009-3555'],
  judges: 'endpoint',
  why: 'Without it an attacker on the way sends the beginning of a request, has the client’s handshake appended as a renegotiation, and so speaks in the name of the client.',
  remedy: 'Use a TLS library of this side of 2010; or leave TLS 1.2 out.',
  run: (probe) =>
    refuses(probe, {
      offer: { suites: numbersOf(ORDINARY) },
      what: 'a session without secure renegotiation',
      taken: ({ hello }) =>
        hello && !hello.extensions.includes(0xff01) ? 'a session without renegotiation_info' : undefined,
    }),
} satisfies Check;
