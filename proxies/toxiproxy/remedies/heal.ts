import type { RemedyUnit } from '../../common/remedies.js';
import type { ToxiproxyOptions } from '../index.js';

/** Whatever it breaks, it was told to break. */
export default {
  title: 'remove its toxics',
  language: 'toxiproxy-cli',
  checks: ['opening', 'keepalive', 'fallback', 'limits', 'masking', 'cross-protocol', 'wss'],
  parts: (_, { toxics = [], cutEvery } = {}) => {
    const names = toxics.map(({ type, stream = 'downstream', name = `${type}_${stream}` }) => name);
    if (cutEvery) names.push('cut-every');
    const shown = names.length > 0 ? names : ['TOXIC'];
    return [{ lines: shown.map((name) => `toxiproxy-cli toxic remove --toxicName ${name} gauntlet`) }];
  },
  note: () => 'The proxy is named gauntlet here; `toxiproxy-cli inspect` lists the toxics of yours.',
  apply: ({ toxics = [], cutEvery }) => (toxics.length > 0 || cutEvery ? {} : undefined),
} satisfies RemedyUnit<ToxiproxyOptions>;
