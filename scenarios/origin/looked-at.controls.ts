import type { Controls } from '../../harness/testing/controls.js';
import { APP, judging } from './testing/judging.js';

const target = { headers: [['Authorization', 'Bearer 4f6a1c']] as const, origin: APP };
const known = (authorization?: string) => authorization === 'Bearer 4f6a1c';

export default {
  sound: {
    origin: judging(
      'ws: token and Origin',
      (origin, { headers }) => known(headers.authorization) && origin === APP,
    ),
    target,
  },
  careless: { origin: judging('ws: token only', (_, { headers }) => known(headers.authorization)), target },
  caught: 'warn',
} satisfies Controls;
