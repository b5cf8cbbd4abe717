import type { Controls } from '../../harness/testing/controls.js';
import { APP, exact, judging, PAGE } from './testing/judging.js';

export default {
  sound: { origin: exact, target: PAGE },
  careless: {
    origin: judging('ws: /ws is passed on', (origin, { url }) => origin === APP || url === '/ws'),
    target: PAGE,
  },
} satisfies Controls;
