import type { RemedyUnit } from '../../common/remedies.js';
import type { StandInOptions } from '../options.js';

export default {
  title: 'take CONNECT',
  language: 'typescript',
  checks: ['opening', 'fallback', 'wss'],
  when: ({ message }) => / answered 405 to CONNECT\b/.test(message),
  parts: () => [{ where: 'the options of the stand-in', lines: ['connect: true'] }],
  apply: (options) => (options.connect === false ? { ...options, connect: true } : undefined),
} satisfies RemedyUnit<StandInOptions>;
