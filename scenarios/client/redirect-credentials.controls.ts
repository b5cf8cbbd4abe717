import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['redirected-with-credentials'] },
} satisfies ClientControls;
