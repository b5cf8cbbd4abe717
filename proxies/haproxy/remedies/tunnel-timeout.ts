import { forSilence, IDLE_CHECKS, pinging } from '../../common/idle.js';
import type { RemedyUnit } from '../../common/remedies.js';
import { type HaproxyState, SECTION } from '../state.js';

export default {
  title: 'let a tunnel be silent for longer',
  checks: IDLE_CHECKS,
  when: forSilence,
  parts: () => [{ where: SECTION, lines: ['timeout tunnel 1h'] }],
  note: pinging,
  apply: (state) => (state.tunnel === '1h' ? undefined : { ...state, tunnel: '1h' }),
} satisfies RemedyUnit<HaproxyState>;
