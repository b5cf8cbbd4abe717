import type { Controls } from '../../harness/testing/controls.js';
import { PATH, socketIo } from './testing/origin.js';

const target = { path: PATH };

export default {
  sound: { origin: socketIo(), target },
  careless: { origin: socketIo(['takes-any-version']), target },
  caught: 'warn',
} satisfies Controls;
