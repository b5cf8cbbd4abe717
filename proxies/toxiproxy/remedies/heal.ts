import type { RemedyUnit } from '../../common/remedies.js';
import type { ToxiproxyOptions } from '../index.js';

/** Whatever it breaks, it was told to break. */
export default {
  title: 'remove its toxics',
  language: 'toxiproxy-cli',
  checks: ['opening', 'keepalive', 'fallback', 'limits', 'masking', 'cross-protocol', 'wss'],
  parts: () => [
    {
      lines: ['toxiproxy-cli inspect NAME', 'toxiproxy-cli toxic remove --toxicName TOXIC NAME'],
    },
  ],
  note: () => 'NAME is the proxy, TOXIC each toxic that the first command lists.',
  apply: ({ toxics = [], cutEvery }) => (toxics.length > 0 || cutEvery ? {} : undefined),
} satisfies RemedyUnit<ToxiproxyOptions>;
