import type { Controls } from '../../harness/testing/controls.js';
import { speakingHixie } from './testing/hixie.js';

export default { careless: { origin: speakingHixie() } } satisfies Controls;
