import type { RemedyUnit } from '../../common/remedies.js';
import type { MockttpOptions } from '../index.js';

export default {
  title: 'pass WebSockets on instead of rejecting them',
  language: 'typescript',
  checks: ['opening/upgrade', 'fallback/carries', 'opening', 'fallback', 'wss'],
  parts: () => [
    {
      where: 'instead of the rule that rejects',
      lines: ['await server.forAnyWebSocket().thenPassThrough();'],
    },
  ],
  apply: ({ mode, ...options }) => (mode === 'reject' ? { ...options, mode: 'inspect' } : undefined),
} satisfies RemedyUnit<MockttpOptions>;
