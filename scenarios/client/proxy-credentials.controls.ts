import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { sins: ['leaks-proxy-credentials'], program: true },
} satisfies ClientControls;
