import { forSilence, IDLE_CHECKS, pinging } from '../../common/idle.js';
import type { RemedyUnit } from '../../common/remedies.js';
import { blocks } from '../blocks.js';
import type { NginxOptions } from '../index.js';

export default {
  title: 'let a relayed connection be silent for longer',
  checks: IDLE_CHECKS,
  when: forSilence,
  parts: () => [{ where: blocks.stream, lines: ['proxy_timeout 1h;'] }],
  note: pinging,
  apply: (options) =>
    !options.stream || options.streamTimeout === '1h' ? undefined : { ...options, streamTimeout: '1h' },
} satisfies RemedyUnit<NginxOptions>;
