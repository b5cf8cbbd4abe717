import type { RemedyUnit } from '../../common/remedies.js';
import type { MockttpOptions } from '../index.js';

export default {
  title: 'pass TLS on instead of opening it',
  language: 'typescript',
  checks: [
    'wss/end-to-end',
    'wss/issuer',
    'wss/sni-kept',
    'wss/content-inspection',
    'opening/answer-headers',
    'opening/extension',
    'keepalive/dead-client-noticed',
    'keepalive/ping-answered-by-origin',
  ],
  // What is not encrypted it reads all the same.
  when: ({ evidence }) => evidence.some(({ mark }) => mark === 'tls'),
  parts: () => [{ where: 'getLocal({ https: { … } })', lines: ["tlsPassthrough: [{ hostname: '*' }],"] }],
  note: () =>
    'What is passed on is not looked into. A host name instead of the asterisk does it for that host alone.',
  apply: ({ mode = 'inspect', ...options }) =>
    mode === 'inspect' ? { ...options, mode: 'pass-through' } : undefined,
} satisfies RemedyUnit<MockttpOptions>;
