import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';

const target = { path: '/deflate' };

export default {
  sound: { origin: echo(), target },
  careless: { origin: careless(['rsv']), target },
} satisfies Controls;
