import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['believes-lengths'], program: true },
} satisfies ClientControls;
