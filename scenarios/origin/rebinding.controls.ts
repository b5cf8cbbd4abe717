import type { Controls } from '../../harness/testing/controls.js';
import { APP, judging } from './testing/judging.js';

/** Programs, which send no Origin, are let in by both. */
export default {
  sound: { origin: judging('ws with an allowlist', (origin = APP) => origin === APP) },
  careless: {
    origin: judging(
      'ws: Origin like Host',
      (origin, { headers: { host } }) => origin === undefined || origin === `http://${host}`,
    ),
  },
} satisfies Controls;
