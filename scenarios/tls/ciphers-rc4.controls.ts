import type { Controls } from '../../harness/testing/controls.js';
import { numbersOf, RC4 } from './suites.js';
import { taking } from './testing/feigned.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: { origin: secureOrigin({ title: 'RC4', instead: taking(numbersOf(RC4)) }) },
} satisfies Controls;
