import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['ends-loudly'], program: true },
  caught: 'warn',
} satisfies ClientControls;
