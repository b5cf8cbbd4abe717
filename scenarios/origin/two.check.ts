import type { Check, DialOptions } from '../../harness/model.js';
import type { Variant } from '../judging/variants.js';
import { FOREIGN } from './policy.js';
import { mustNotPass } from './trick.js';

export default {
  title: 'A handshake with two Origin headers is refused',
  requirement: 'The user agent MUST NOT include more than one Origin header field in any HTTP request.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-444',
  refs: ['RFC 6454 §7.3'],
  judges: 'endpoint',
  why: 'No browser sends two. But one of two programs in a row may look at the first and the other at the last, and a proxy that adds an Origin of its own makes two of one.',
  remedy: 'Refuse a request with more than one Origin, where the header is looked at.',
  fixes: { haproxy: 'http-request deny deny_status 400 if { req.fhdr_cnt(Origin) gt 1 }' },
  budget: { connections: 14 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'low',
      variants: ({ origin }) => [both(FOREIGN, origin), both(origin, FOREIGN)],
    }),
} satisfies Check;

const both = (first: string, second: string): Variant => {
  const options: DialOptions = {
    change: { Origin: undefined },
    head: (usual) => usual.replace(/\r\n\r\n$/, `\r\nOrigin: ${first}\r\nOrigin: ${second}\r\n\r\n`),
  };
  return { name: `Origin: ${first} and Origin: ${second}`, options };
};
