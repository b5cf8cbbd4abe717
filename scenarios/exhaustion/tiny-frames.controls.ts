import type { Controls } from '../../harness/testing/controls.js';
import { queued } from './testing/queued.js';

export default { careless: { origin: queued() } } satisfies Controls;
