import type { Controls } from '../../harness/testing/controls.js';
import { strictTls, tlsInNoHurry } from './testing/timed.js';

export default {
  sound: { origin: strictTls },
  careless: { origin: tlsInNoHurry },
  caught: 'info',
} satisfies Controls;
