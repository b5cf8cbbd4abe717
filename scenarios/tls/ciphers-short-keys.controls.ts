import type { Controls } from '../../harness/testing/controls.js';
import { numbersOf, SHORT_KEYS } from './suites.js';
import { taking } from './testing/feigned.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: { origin: secureOrigin({ title: 'export ciphers', instead: taking(numbersOf(SHORT_KEYS)) }) },
} satisfies Controls;
