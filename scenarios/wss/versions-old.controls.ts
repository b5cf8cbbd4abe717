import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';

export default {
  sound: { origin: echo({ tls: true }) },
  careless: { origin: careless(['old-tls'], { tls: true }) },
} satisfies Controls;
