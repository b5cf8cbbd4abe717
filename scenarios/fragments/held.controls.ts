import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';

export default {
  sound: { origin: { ...careless(['closes-idle']), title: 'echo that ends what is silent' } },
  careless: { origin: { ...echo(), title: 'echo that waits' } },
  caught: 'warn',
} satisfies Controls;
