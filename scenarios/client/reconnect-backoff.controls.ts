import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['storms'], program: true },
} satisfies ClientControls;
