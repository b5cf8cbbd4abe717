import type { Controls } from '../../harness/testing/controls.js';
import { APP, against } from './testing/judging.js';

export default {
  ...against('any scheme', (origin = '') => new URL(origin).host === new URL(APP).host),
  caught: 'warn',
} satisfies Controls;
