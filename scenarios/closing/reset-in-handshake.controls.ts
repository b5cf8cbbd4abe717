import type { Controls } from '../../harness/testing/controls.js';
import { frail } from '../../harness/testing/frail.js';

export default { careless: { origin: frail('breaks down over resets', 'reset') } } satisfies Controls;
