import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['only-asked-pongs'] },
} satisfies ClientControls;
