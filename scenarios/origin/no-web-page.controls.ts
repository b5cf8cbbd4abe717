import type { Controls } from '../../harness/testing/controls.js';
import { APP, against } from './testing/judging.js';

export default {
  ...against('file: too', (origin) => origin === APP || origin === 'file://'),
  caught: 'warn',
} satisfies Controls;
