import type { Controls } from '../../harness/testing/controls.js';
import { APP, judging } from './testing/judging.js';

const target = { headers: [['Cookie', 'session=4f6a1c']] as const, origin: APP };
const known = (cookie = '') => cookie.includes('session=4f6a1c');

export default {
  sound: {
    origin: judging(
      'ws: session and Origin',
      (origin, { headers }) => known(headers.cookie) && origin === APP,
    ),
    target,
  },
  careless: { origin: judging('ws: session only', (_, { headers }) => known(headers.cookie)), target },
} satisfies Controls;
