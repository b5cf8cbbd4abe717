import { forSilence, IDLE_CHECKS, pinging } from '../../common/idle.js';
import type { RemedyUnit } from '../../common/remedies.js';
import { blocks } from '../blocks.js';
import type { NginxOptions } from '../index.js';

export default {
  title: 'let the upstream be silent for longer',
  checks: [...IDLE_CHECKS, 'fallback/long-poll-held'],
  when: forSilence,
  parts: () => [{ where: blocks.location, lines: ['proxy_read_timeout 1h;'] }],
  note: pinging,
  apply: (options) =>
    options.stream || options.readTimeout === '1h' ? undefined : { ...options, readTimeout: '1h' },
} satisfies RemedyUnit<NginxOptions>;
