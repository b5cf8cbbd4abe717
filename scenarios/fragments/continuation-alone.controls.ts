import { careless } from '../../harness/origins/careless.js';
import type { Controls } from '../../harness/testing/controls.js';

export default { careless: { origin: careless(['fragmentation']) } } satisfies Controls;
