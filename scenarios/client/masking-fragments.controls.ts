import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['key-per-message'] },
} satisfies ClientControls;
