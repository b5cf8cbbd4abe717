import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['control-length'] },
} satisfies ClientControls;
