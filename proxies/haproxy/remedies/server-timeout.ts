import type { RemedyUnit } from '../../common/remedies.js';
import { type HaproxyState, SECTION } from '../state.js';

export default {
  title: 'let servers hold an answer for longer',
  checks: ['fallback/long-poll-held'],
  parts: () => [{ where: SECTION, lines: ['timeout server 2m'] }],
  apply: (state) => (!state.http || state.server === '2m' ? undefined : { ...state, server: '2m' }),
} satisfies RemedyUnit<HaproxyState>;
