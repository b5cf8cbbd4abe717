import type { RemedyUnit } from '../../common/remedies.js';
import type { SquidOptions } from '../index.js';

export default {
  title: 'splice TLS instead of opening it',
  checks: ['wss/end-to-end', 'wss/issuer', 'wss/sni-kept', 'wss/alpn'],
  parts: () => [
    {
      where: 'squid.conf, in place of "ssl_bump bump all"',
      lines: ['acl at_client_hello at_step SslBump1', 'ssl_bump peek at_client_hello', 'ssl_bump splice all'],
    },
  ],
  note: () =>
    'What is spliced is not looked into. An acl of ssl::server_name in the place of "all" does it for one host alone.',
  apply: (options) => {
    if (options.mode !== 'inspect') return undefined;
    // Upgrade is inside the TLS then.
    const { upgrade: _, ...rest } = options;
    return { ...rest, mode: 'splice' };
  },
} satisfies RemedyUnit<SquidOptions>;
