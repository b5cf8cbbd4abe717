import type { Controls } from '../../harness/testing/controls.js';
import { PATH, socketIo } from './testing/origin.js';

const target = { path: PATH };

export default {
  sound: { origin: socketIo([], 300), target },
  careless: { origin: socketIo(['no-heartbeat'], 300), target },
} satisfies Controls;
