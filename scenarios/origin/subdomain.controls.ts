import type { Controls } from '../../harness/testing/controls.js';
import { APP, against } from './testing/judging.js';

export default {
  ...against('subdomains too', (origin = '') => origin === APP || origin.endsWith(`.${new URL(APP).host}`)),
  caught: 'warn',
} satisfies Controls;
