import { careless } from '../../harness/origins/careless.js';
import type { Controls } from '../../harness/testing/controls.js';

export default {
  passes: 'info',
  careless: { origin: careless(['no-zero-key']) },
  caught: 'warn',
} satisfies Controls;
