import { domainToUnicode } from 'node:url';
import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'The allowed origin is let in as browsers write it, and no other way',
  requirement: 'The serialisation of an origin is in lower case, its host in ASCII.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-178',
  refs: ['RFC 6454 §4', 'RFC 6454 §6.2'],
  judges: 'endpoint',
  why: 'Browsers write an origin in one way. A server that takes others compares something else than what it is given, and a proxy or log beside it may not agree with it.',
  remedy: 'Compare the octets of the origin.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'low',
      outcome: 'warn',
      variants: ({ protocol, host, hostname, port }) => {
        const after = port && `:${port}`;
        return [
          origin(`${protocol.toUpperCase()}//${host.toUpperCase()}`),
          origin(`${protocol}//${hostname}.${after}`),
          origin(`${protocol}//${host}/`),
          ...(domainToUnicode(hostname) === hostname
            ? []
            : [origin(`${protocol}//${domainToUnicode(hostname)}${after}`)]),
        ];
      },
    }),
} satisfies Check;
