import { misnamingClient } from '../../harness/testing/careless-client.js';
import type { ClientControls } from '../../harness/testing/client-controls.js';

export default {
  careless: { client: () => misnamingClient() },
  caught: 'warn',
} satisfies ClientControls;
