import { careless } from '../../harness/origins/careless.js';
import type { Controls } from '../../harness/testing/controls.js';

export default { careless: { origin: careless(['no-control-inside']) } } satisfies Controls;
