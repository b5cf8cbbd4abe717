import type { Controls } from '../../harness/testing/controls.js';
import { front } from './testing/front.js';

export default { sound: { origin: front() }, careless: { origin: front('tunnel') } } satisfies Controls;
