import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { dots, isName } from './names.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'A dot of the allowed origin stands for itself',
  requirement:
    'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-185',
  refs: ['RFC 6454 §5', 'RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'In a pattern an unescaped dot is any character: www.example.com lets wwwXexample.com in, which anybody can have.',
  remedy: 'Compare the whole origin, or escape the dots of a pattern.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'high',
      variants: ({ protocol, host, hostname }) =>
        isName(hostname) && hostname.includes('.')
          ? dots(host).map((other) => origin(`${protocol}//${other}`))
          : 'the allowed origin’s host is no name with a dot',
    }),
} satisfies Check;
