import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['keeps-socket'] },
  caught: 'warn',
} satisfies ClientControls;
