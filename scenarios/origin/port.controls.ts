import type { Controls } from '../../harness/testing/controls.js';
import { against } from './testing/judging.js';

export default {
  ...against('any port', (origin = '') => /^https:\/\/app\.example\.com(?::\d+)?$/.test(origin)),
  caught: 'warn',
} satisfies Controls;
