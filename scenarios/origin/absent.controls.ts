import type { Controls } from '../../harness/testing/controls.js';
import { APP, against } from './testing/judging.js';

export default {
  ...against('no Origin is let in', (origin) => origin === undefined || origin === APP),
  caught: 'info',
} satisfies Controls;
