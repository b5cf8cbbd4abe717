import type { Controls } from '../../harness/testing/controls.js';
import { APP, against } from './testing/judging.js';

export default {
  ...against('tests for the header', (origin) => origin === APP || origin === ''),
  caught: 'warn',
} satisfies Controls;
