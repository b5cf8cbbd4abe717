import type { RemedyUnit } from '../../common/remedies.js';
import { blocks } from '../blocks.js';
import type { NginxOptions } from '../index.js';

export default {
  title: 'take no TLS older than 1.2',
  checks: ['wss/versions-old'],
  parts: () => [{ where: blocks.server, lines: ['ssl_protocols TLSv1.2 TLSv1.3;'] }],
  note: () => 'Of several server blocks at one address the default_server decides.',
  apply: (options) => (options.oldTls ? { ...options, oldTls: false } : undefined),
} satisfies RemedyUnit<NginxOptions>;
