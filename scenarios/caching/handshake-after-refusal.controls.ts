import type { Controls } from '../../harness/testing/controls.js';
import { cached } from './testing/cached.js';

export default { sound: { origin: cached() }, careless: { origin: cached('refusals') } } satisfies Controls;
