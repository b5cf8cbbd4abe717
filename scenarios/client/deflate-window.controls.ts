import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['throws'], program: true },
} satisfies ClientControls;
