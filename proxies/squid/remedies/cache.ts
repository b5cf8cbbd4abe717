import type { RemedyUnit } from '../../common/remedies.js';
import { SQUID_CONF } from '../file.js';
import type { SquidOptions } from '../index.js';

export default {
  title: 'answer no handshake from the cache',
  checks: ['cross-protocol/cached-handshake'],
  parts: () => [
    {
      where: SQUID_CONF,
      lines: ['acl asks_for_upgrade req_header Upgrade .', 'cache deny asks_for_upgrade'],
    },
  ],
  apply: ({ cache, ...options }) => (cache === true ? { ...options, cache: 'pages' } : undefined),
} satisfies RemedyUnit<SquidOptions>;
