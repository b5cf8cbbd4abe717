import type { Check } from '../../harness/model.js';
import { FOREIGN } from './policy.js';
import { mustNotPass } from './trick.js';

export default {
  title: 'The Origin of old drafts does not stand in for Origin',
  requirement: 'Sec-WebSocket-Origin is of drafts before RFC 6455; version 13 knows |Origin| alone.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-1385',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §4.4'],
  judges: 'endpoint',
  why: 'Libraries that still speak version 8 read Sec-WebSocket-Origin there, so a list that is compared with what they read can be passed beside the Origin that a proxy or a log saw. No page can send either.',
  remedy: 'Look at the header Origin itself, and refuse versions other than 13.',
  fixes: {
    ws: `// not info.origin, which is Sec-WebSocket-Origin for version 8
verifyClient: ({ req }) => req.headers['sec-websocket-version'] === '13' && allowed.has(req.headers.origin)`,
    haproxy: 'http-request deny if { req.hdr(Sec-WebSocket-Origin) -m found }',
  },
  budget: { connections: 14 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'low',
      variants: ({ origin }) => [
        {
          name: `Origin: ${FOREIGN} and Sec-WebSocket-Origin: ${origin}`,
          options: { change: { Origin: FOREIGN, 'Sec-WebSocket-Origin': origin } },
        },
        {
          name: `Origin: ${FOREIGN} and, for version 8, Sec-WebSocket-Origin: ${origin}`,
          options: {
            change: { Origin: FOREIGN, 'Sec-WebSocket-Origin': origin, 'Sec-WebSocket-Version': '8' },
          },
        },
      ],
    }),
} satisfies Check;
