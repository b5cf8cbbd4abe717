import type { Controls } from '../../harness/testing/controls.js';
import { APP, against } from './testing/judging.js';

export default {
  ...against('localhost too', (origin) => origin === APP || origin === 'http://localhost:3000'),
  caught: 'warn',
} satisfies Controls;
