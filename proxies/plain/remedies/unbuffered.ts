import type { RemedyUnit } from '../../common/remedies.js';
import type { StandInOptions } from '../options.js';

export default {
  title: 'hand answers on as they come',
  language: 'typescript',
  checks: ['fallback/sse-delay', 'fallback/sse-unbuffered', 'fallback/sse-resume'],
  parts: () => [{ where: 'the options of the stand-in', lines: ['buffering: false'] }],
  apply: (options) => (options.buffering ? { ...options, buffering: false } : undefined),
} satisfies RemedyUnit<StandInOptions>;
