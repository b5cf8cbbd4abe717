import type { Controls } from '../../harness/testing/controls.js';
import { APP, against } from './testing/judging.js';

export default {
  ...against('any case', (origin = '') => origin.toLowerCase() === APP),
  caught: 'warn',
} satisfies Controls;
