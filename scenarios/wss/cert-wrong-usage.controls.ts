import { trustingClient } from '../../harness/testing/careless-client.js';
import type { ClientControls } from '../../harness/testing/client-controls.js';
import { strictClient } from '../../harness/testing/strict-client.js';

export default {
  sound: { client: strictClient },
  careless: { client: trustingClient },
} satisfies ClientControls;
