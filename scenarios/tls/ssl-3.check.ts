import type { Check } from '../../harness/model.js';
import { refuses } from './refuses.js';
import { numbersOf, ORDINARY, RC4, SMALL_BLOCKS } from './suites.js';

export default {
  title: 'SSL 3.0 is refused',
  requirement: 'SSLv3 MUST NOT be used: implementations must neither offer nor accept it.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-327',
  refs: ['RFC 7568 §3', 'CVE-2014-3566'],
  judges: 'endpoint',
  why: 'Its padding is not checked (POODLE): an attacker on the way reads cookies and tokens octet by octet.',
  remedy: 'Take TLS 1.2 and 1.3 alone.',
  fixes: { nginx: 'ssl_protocols TLSv1.2 TLSv1.3;', haproxy: 'ssl-default-bind-options ssl-min-ver TLSv1.2' },
  run: (probe) =>
    refuses(probe, {
      offer: {
        version: 0x0300,
        suites: [...numbersOf(ORDINARY), ...numbersOf(SMALL_BLOCKS), ...numbersOf(RC4)],
      },
      what: 'SSL 3.0',
      taken: ({ hello }) => (hello?.version === 0x0300 ? 'SSL 3.0' : undefined),
    }),
} satisfies Check;
