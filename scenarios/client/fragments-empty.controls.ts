import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['endless-fragments'] },
} satisfies ClientControls;
