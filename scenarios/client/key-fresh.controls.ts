import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['fixed-key'] },
} satisfies ClientControls;
