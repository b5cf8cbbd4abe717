import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: {},
  passes: 'info',
  caught: 'info',
} satisfies ClientControls;
