import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';
import { bounded } from './testing/bounded.js';

export default {
  sound: { origin: bounded({ aSecond: 60 }) },
  careless: { origin: echo() },
  caught: 'warn',
} satisfies Controls;
