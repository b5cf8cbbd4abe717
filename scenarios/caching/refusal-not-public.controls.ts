import type { Controls } from '../../harness/testing/controls.js';
import { cached } from './testing/cached.js';

export default {
  sound: { origin: cached() },
  careless: { origin: cached(undefined, 'public, max-age=60') },
  caught: 'warn',
} satisfies Controls;
