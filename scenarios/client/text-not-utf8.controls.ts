import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['utf8'] },
} satisfies ClientControls;
