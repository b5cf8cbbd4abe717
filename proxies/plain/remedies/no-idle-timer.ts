import { forSilence, IDLE_CHECKS, pinging } from '../../common/idle.js';
import type { RemedyUnit } from '../../common/remedies.js';
import type { StandInOptions } from '../options.js';

export default {
  title: 'let connections be silent for longer',
  language: 'typescript',
  checks: [...IDLE_CHECKS, 'fallback/long-poll-held'],
  when: forSilence,
  parts: () => [{ where: 'the options of the stand-in', lines: ["idleMs: '1h'"] }],
  note: pinging,
  apply: (options) =>
    options.idleMs === undefined || options.idleMs === '1h' ? undefined : { ...options, idleMs: '1h' },
} satisfies RemedyUnit<StandInOptions>;
