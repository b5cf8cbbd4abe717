import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['close-code', 'utf8'] },
} satisfies ClientControls;
