import type { Controls } from '../../harness/testing/controls.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: {
    origin: secureOrigin({
      title: 'drops resumed sessions',
      secured: (socket) => {
        if (socket.isSessionReused()) socket.destroy();
      },
    }),
  },
} satisfies Controls;
