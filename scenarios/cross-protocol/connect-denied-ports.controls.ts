import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding } from '../../proxies/plain/index.js';

export default {
  sound: { origin: echo(), via: [forwarding()] },
  careless: { origin: echo(), via: [carelessHop({ sin: 'connect-anywhere' })] },
} satisfies Controls;
