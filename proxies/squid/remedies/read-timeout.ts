import { forSilence, IDLE_CHECKS, pinging } from '../../common/idle.js';
import type { RemedyUnit } from '../../common/remedies.js';
import { SQUID_CONF } from '../file.js';
import type { SquidOptions } from '../index.js';

export default {
  title: 'let servers be silent for longer',
  checks: [...IDLE_CHECKS, 'fallback/long-poll-held'],
  when: forSilence,
  parts: () => [{ where: SQUID_CONF, lines: ['read_timeout 1 hour'] }],
  note: pinging,
  apply: (options) => (options.readTimeout === '1h' ? undefined : { ...options, readTimeout: '1h' }),
} satisfies RemedyUnit<SquidOptions>;
