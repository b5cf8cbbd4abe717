import type { RemedyUnit } from '../../common/remedies.js';
import { blocks } from '../blocks.js';
import type { NginxOptions } from '../index.js';

export default {
  title: 'hand answers on as they come',
  checks: ['fallback/sse-delay', 'fallback/sse-unbuffered', 'fallback/sse-resume'],
  parts: () => [{ where: blocks.location, lines: ['proxy_buffering off;'] }],
  note: () => 'Or have the origin send X-Accel-Buffering: no with the stream.',
  apply: (options) =>
    options.stream || options.buffering === false ? undefined : { ...options, buffering: false },
} satisfies RemedyUnit<NginxOptions>;
