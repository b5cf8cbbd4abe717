import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

const target = { subprotocols: ['app.v1', 'bearer.c2VjcmV0LXRva2Vu'] };

export default {
  sound: {
    origin: wsOrigin({ title: 'ws that confirms a name' }, { handleProtocols: () => 'app.v1' }),
    target,
  },
  careless: {
    origin: wsOrigin(
      { title: 'ws that confirms the last' },
      { handleProtocols: (offered) => [...offered].at(-1) ?? false },
    ),
    target,
  },
} satisfies Controls;
