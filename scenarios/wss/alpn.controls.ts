import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';

export default {
  sound: { origin: echo({ tls: true }) },
  careless: { origin: careless(['h2'], { tls: true }) },
  caught: 'warn',
} satisfies Controls;
