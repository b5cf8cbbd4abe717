import type { Controls } from '../../harness/testing/controls.js';
import { APP, exact, judging, PAGE } from './testing/judging.js';

export default {
  sound: {
    origin: judging(
      'ws that looks at Sec-Fetch-Site',
      (origin, { headers }) => origin === APP && headers['sec-fetch-site'] !== 'cross-site',
    ),
    target: PAGE,
  },
  careless: { origin: exact, target: PAGE },
  caught: 'info',
} satisfies Controls;
