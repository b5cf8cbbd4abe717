import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['no-deadline'] },
  caught: 'warn',
} satisfies ClientControls;
