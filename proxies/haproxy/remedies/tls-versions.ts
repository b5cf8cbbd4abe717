import type { RemedyUnit } from '../../common/remedies.js';
import { BIND, type HaproxyState } from '../state.js';

export default {
  title: 'take no TLS older than 1.2',
  checks: ['wss/versions-old'],
  parts: () => [{ where: BIND, lines: ['ssl-min-ver TLSv1.2'] }],
  apply: (state) => (state.tls && !state.tls12 ? { ...state, tls12: true } : undefined),
} satisfies RemedyUnit<HaproxyState>;
