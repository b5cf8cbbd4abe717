import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['hoards-pongs'], program: true },
} satisfies ClientControls;
