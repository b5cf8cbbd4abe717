import type { Controls } from '../../harness/testing/controls.js';
import { numbersOf, SMALL_BLOCKS } from './suites.js';
import { taking } from './testing/feigned.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: { origin: secureOrigin({ title: '3DES', instead: taking(numbersOf(SMALL_BLOCKS)) }) },
} satisfies Controls;
